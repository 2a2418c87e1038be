/** What one of those who asked for a load at the same moment was told. */
export interface Told {
  who: string;
  /** began: this one's load runs; refused: another one's does; rested: it is loaded already; else what was answered */
  outcome: string;
  /** the run that is named: this one's own, or the one that is in the way */
  runId?: number;
}

const EXIT_BUSY = 3;

/** The answer of the service. */
export function toldOver(who: string, status: number, body: { run_id?: number }): Told {
  const runId = body.run_id;
  if (status === 202) return { who, outcome: 'began', runId };
  if (status === 200) return { who, outcome: 'rested', runId };
  if (status === 409 && Number.isInteger(runId)) return { who, outcome: 'refused', runId };
  return { who, outcome: `${status} ${JSON.stringify(body)}` };
}

/** How the command line ended. It names the run in words: "Run 7: COMPLETED", "Load 7 is waiting or running". */
export function toldByCommand(
  who: string,
  { code, out, err }: { code: number | null; out: string; err: string },
): Told {
  const named = /\b(?:Run|Load) (\d+)\b/.exec(code === 0 ? out : err)?.[1];
  const runId = named === undefined ? undefined : Number(named);
  if (code === EXIT_BUSY) return { who, outcome: 'refused', runId };
  if (code === 0) return { who, outcome: err.includes('Nothing to do') ? 'rested' : 'began', runId };
  return { who, outcome: `exit ${code}: ${err.trim()}` };
}

/** Whether one began and the others were told of it. @returns what is not so, in words */
export function faultsOf(told: readonly Told[]): string[] {
  const faults = told
    .filter(({ outcome }) => !['began', 'refused', 'rested'].includes(outcome))
    .map(({ who, outcome }) => `${who} was told ${outcome}`);
  const begun = told.filter(({ outcome }) => outcome === 'began');
  if (begun.length !== 1) return [...faults, `${begun.length} loads began`];
  const [{ runId }] = begun;
  const misled = told.filter((each) => each.outcome === 'refused' && each.runId !== runId);
  faults.push(...misled.map((each) => `${each.who} was refused for run ${each.runId}, while run ${runId} had begun`));
  return faults;
}
