import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { readJobshop, type Rule, RULES } from '@libs/simulation';
import { runSimulate } from '../../src/cli/commands/simulate';

/** What the command `simulate` came to on one file, by every rule. */
export interface CheckedInstance {
  readonly jobs: number;
  readonly machines: number;
  readonly operations: number;
  /** No schedule is shorter: the longest job or the busiest machine. */
  readonly lowerBound: number;
  readonly makespans: ReadonlyMap<Rule, number>;
  /** What no schedule may be, in words; none is as it should be. */
  readonly faults: readonly string[];
}

/** Of the command's answer, what is checked. */
interface Printed {
  makespan: number;
  operations: number;
  completions: number[];
  machine_utilisation: number[];
}

/**
 * Runs the command on a job-shop file by every rule, and holds each answer against what is true of every schedule that
 * never idles while all jobs wait: its bounds, when jobs can be done at the earliest, and that all work was done, no more.
 *
 * @throws SimulationError, CliError when the file is refused
 */
export async function checkInstance(file: string): Promise<CheckedInstance> {
  const { jobs, resources } = readJobshop(await readFile(file, 'utf8'));
  const loads = new Array<number>(resources.length).fill(0);
  const earliest = jobs.map(({ release = 0, operations }) => {
    let end = release;
    for (const { resource, duration } of operations) {
      loads[resource] += duration;
      end += duration;
    }
    return end;
  });
  const lowerBound = highest([...earliest, ...loads]);
  const upperBound = highest(jobs.map(({ release = 0 }) => release)) + loads.reduce((sum, load) => sum + load, 0);
  const operations = jobs.reduce((sum, job) => sum + job.operations.length, 0);
  const makespans = new Map<Rule, number>();
  const faults: string[] = [];
  for (const rule of RULES) {
    const printed = await printedFor(file, rule);
    const { makespan, completions, machine_utilisation: used } = printed;
    makespans.set(rule, makespan);
    const complain = (isWrong: boolean, what: string): void => void (isWrong && faults.push(`${rule}: ${what}`));
    complain(makespan < lowerBound, `makespan ${makespan} is below the lower bound ${lowerBound}`);
    complain(makespan > upperBound, `makespan ${makespan} is above all work in a row, ${upperBound}`);
    complain(highest(completions) !== makespan, 'the makespan is not the last completion');
    complain(printed.operations !== operations, `${printed.operations} of ${operations} operations were simulated`);
    earliest.forEach((end, job) =>
      complain(!(completions[job] >= end), `job ${job} ends at ${completions[job]}, before it can, ${end}`),
    );
    loads.forEach((load, machine) =>
      complain(!(Math.abs(used[machine] * makespan - load) <= 1e-6 * load), `machine ${machine} did not do its work`),
    );
  }
  return { jobs: jobs.length, machines: resources.length, operations, lowerBound, makespans, faults };
}

async function printedFor(jobshop: string, rule: Rule): Promise<Printed> {
  const out = new PassThrough();
  const printed = text(out);
  await runSimulate({ jobshop, rule, seed: 1 }, out);
  out.end();
  return JSON.parse(await printed) as Printed;
}

function highest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
