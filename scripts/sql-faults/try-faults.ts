import type { SqlFault } from './fault';
import { fileOf, type SpecOutcome, type SpecRun, type SpecRunner } from './specs';
import type { TreeCopy } from './tree-copy';

/** Runs that one start of Jest is shared by: more, and a long run tells nothing of itself. */
const AT_ONCE = 16;

/** What became of one fault. */
export interface Trial {
  fault: SqlFault;
  /** the spec and the first of its tests that failed; undefined where none did */
  caughtBy: string | undefined;
  /** why the fault says nothing, where it does not */
  broken: string | undefined;
  /** of the specs that were run with it */
  seconds: number;
}

/**
 * Tries each fault with the first of its specs, those that survive with the second, and so on; a spec runs once without
 * a fault as well, since its failing says nothing where it fails anyway, unless it is known to be sound.
 * @throws Error naming the specs that fail without a fault
 */
export async function tryFaults(
  faults: readonly SqlFault[],
  tree: TreeCopy,
  runner: SpecRunner,
  { isSound, log }: { isSound: boolean; log: (line: string) => void },
): Promise<Trial[]> {
  const trials = faults.map((fault): Trial => ({ fault, caughtBy: undefined, broken: undefined, seconds: 0 }));
  const sound = new Set<string>();
  for (let round = 0; ; round += 1) {
    const open = [...trials.entries()].filter(
      ([, { fault, caughtBy, broken }]) => (caughtBy ?? broken) === undefined && round < fault.specs.length,
    );
    if (open.length === 0) return trials;
    const asTheyAre = isSound ? [] : withoutFault(open, round).filter(({ spec }) => !sound.has(spec));
    const runs = open.map(([number, { fault }]): SpecRun => ({ spec: fault.specs[round], number, fault }));
    for (const outcome of await runAll(asTheyAre, tree, runner)) {
      const { run, failed, seconds } = outcome;
      if (failed.length > 0) throw new Error(`${run.spec} fails without a fault: ${failed.join('; ')}`);
      log(`${run.spec} without a fault: ${seconds.toFixed(0)} s`);
      sound.add(run.spec);
    }
    for (let begin = 0; begin < runs.length; begin += AT_ONCE) {
      for (const outcome of await runAll(runs.slice(begin, begin + AT_ONCE), tree, runner)) {
        const trial = trials[outcome.run.number!];
        record(trial, outcome);
        log(`${nameOf(trial.fault)}: ${trial.broken ?? trial.caughtBy ?? `not by ${outcome.run.spec}`}`);
      }
    }
  }
}

/**
 * Each spec of a round once without a fault, in the way in which faults are put to it: where one of them is in a file, with
 * that statement replaced by itself.
 */
function withoutFault(open: readonly (readonly [number, Trial])[], round: number): SpecRun[] {
  const runs = new Map<string, SpecRun>();
  for (const [number, { fault }] of open) {
    const spec = fileOf(fault.specs[round]);
    if (isInFile(fault)) runs.set(spec, { spec, number, fault: { ...fault, replace: fault.find } });
    else if (!runs.has(spec)) runs.set(spec, { spec });
  }
  return [...runs.values()];
}

function record(trial: Trial, { run, failed, nonsense, seconds }: SpecOutcome): void {
  trial.seconds += seconds;
  // What no database takes is found by the first run, and is no mistake that anybody would commit.
  if (nonsense !== undefined) trial.broken = `no statement any more (SQLSTATE ${nonsense})`;
  else if (failed.length > 0) trial.caughtBy = `${fileOf(run.spec)}: ${failed[0]}`;
}

/** Such as `kpi_overview: COUNT(*) for COUNT(column)`. */
export function nameOf({ sql, mistake }: SqlFault): string {
  return `${sql.replace(/^.*\//, '').replace(/\.\w+$/, '')}: ${mistake}`;
}

/** Statements in files go wrong side by side; a function of the database is made by a migration, before the tests. */
function isInFile({ sql }: SqlFault): boolean {
  return sql.endsWith('.sql');
}

async function runAll(runs: readonly SpecRun[], tree: TreeCopy, runner: SpecRunner): Promise<SpecOutcome[]> {
  const isTogether = ({ fault }: SpecRun): boolean => fault === undefined || isInFile(fault);
  const together = runs.filter(isTogether);
  const outcomes = together.length === 0 ? [] : await runner.run(together);
  for (const run of runs.filter((one) => !isTogether(one))) {
    const [{ failed, seconds }] = await tree.with(run.fault!, () => runner.run([{ spec: fileOf(run.spec) }]));
    outcomes.push({ run, failed, nonsense: undefined, seconds });
  }
  return outcomes;
}
