import { readFile, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import {
  buildInstance,
  isRule,
  readJobshop,
  resourceUse,
  type Rule,
  RULES,
  simulate,
  SIMULATION_ENGINE_VERSION,
  SimulationError,
  summarize,
} from '@libs/simulation';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';

export interface SimulateOptions {
  /** file in the standard job-shop text format */
  jobshop: string;
  rule: string;
  /** for the rule RANDOM */
  seed: number;
}

/** The largest published files have some hundred kilobytes. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Simulates one job-shop file and prints a line of JSON. Times are in the file's unit; machines are numbered as from 0.
 *
 * @returns the exit code
 * @throws CliError, SimulationError
 */
export async function runSimulate(options: SimulateOptions, out: Writable): Promise<number> {
  const rule = ruleOf(options.rule);
  const spec = readNamed(await readText(options.jobshop), options.jobshop);
  const instance = buildInstance(spec);
  const run = simulate(instance, { rule, seed: options.seed });
  const summary = summarize(run);
  const answer = {
    makespan: summary.makespan,
    rule,
    ...(rule === 'RANDOM' ? { seed: options.seed } : {}),
    jobs: instance.jobCount,
    machines: instance.resourceCount,
    operations: instance.operationCount,
    mean_flow_time: summary.meanFlowTime,
    max_flow_time: summary.maxFlowTime,
    mean_tardiness: summary.meanTardiness,
    max_tardiness: summary.maxTardiness,
    tardy_jobs: summary.tardyJobs,
    weighted_tardiness: summary.weightedTardiness,
    machine_utilisation: resourceUse(run).map(({ utilisation }) => utilisation),
    completions: Array.from(run.completion),
    events: run.events,
    engine_version: SIMULATION_ENGINE_VERSION,
  };
  out.write(`${JSON.stringify(answer)}\n`);
  return EXIT.OK;
}

function ruleOf(text: string): Rule {
  const rule = text.toUpperCase();
  if (isRule(rule)) return rule;
  throw new CliError('UNKNOWN_RULE', `There is no rule ${text}.`, `Give one of ${RULES.join(', ')}.`);
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size <= MOST_BYTES) return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const remedy = 'Give the path of a file in the job-shop text format.';
    if (code === 'ENOENT') throw new CliError('JOBSHOP_NOT_FOUND', `There is no file ${file}.`, remedy);
    throw new CliError('JOBSHOP_UNREADABLE', `${file} cannot be read: ${(error as Error).message}.`, remedy);
  }
  const remedy = 'Give a file in the job-shop text format.';
  throw new CliError('JOBSHOP_TOO_LARGE', `${file} has more than ${MOST_BYTES} bytes.`, remedy);
}

function readNamed(text: string, file: string): ReturnType<typeof readJobshop> {
  try {
    return readJobshop(text);
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    throw new SimulationError(error.code, error.message, `${file}, ${error.place}`, error.remedy);
  }
}
