import type { LoadState, Target } from './system';

/** What one round did and found. */
export interface Round {
  target: Target;
  /** after the load was asked for */
  killedAfterMs: number;
  /** how far the load was just before */
  loadWas: LoadState;
  /** whose content readers saw once the dust had settled, before anybody asked again */
  publishedAfterKill: string;
  faults: string[];
}

/** Whether the rounds show that kills do no harm, in a line. Where none fell into a running load they show nothing. */
export function verdict(rounds: readonly Round[]): { line: string; isPassed: boolean } {
  const well = rounds.filter(({ faults }) => faults.length === 0).length;
  const hits = rounds.filter(({ loadWas }) => loadWas === 'running').length;
  const isPassed = well === rounds.length && hits > 0;
  const line = `${well} of ${rounds.length} rounds without a fault, ${hits} of the kills in a running load`;
  return { line: `${line}: ${isPassed ? 'PASSED' : 'FAILED'}`, isPassed };
}
