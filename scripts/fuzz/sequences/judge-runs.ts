/** A load that a user asked for and that was accepted. */
export interface Run {
  id: number;
  /** whether its workbook is one that any load publishes */
  isGood: boolean;
  /** whether somebody was told that it would be cancelled */
  isCancelled: boolean;
}

/** How a run ended, as the service tells. */
export interface End {
  status: string;
  /** why, unless it is completed */
  code?: string;
}

/** A stretch of time, in ms since 1970. */
export interface Span {
  began: number;
  ended: number;
}

/** What all sequences together came to. */
export interface Tally {
  /** how many runs ended so, by status */
  ends: Map<string, number>;
  reads: number;
  readsBesideLoads: number;
}

/** Some one sequence in six ends before a load is completed; of so many, chance leaves out neither kind of end. */
const ENOUGH_SEQUENCES = 6;

/** What is wrong with how a run ended, in words: a good workbook is published unless somebody cancels it, a bad one never. */
export function faultOfEnd({ id, isGood, isCancelled }: Run, { status, code }: End): string | undefined {
  const asItMust = isGood ? 'COMPLETED' : 'FAILED';
  if (status === asItMust || (status === 'CANCELLED' && isCancelled)) return undefined;
  const why = code === undefined ? '' : ` (${code})`;
  return `run ${id} of a ${isGood ? 'good' : 'bad'} workbook ended as ${status}${why}`;
}

/** How many answers were read while one of the loads ran, at least for a part of both. */
export function countBeside(reads: readonly Span[], loads: readonly Span[]): number {
  return reads.filter((read) => loads.some((load) => read.began < load.ended && read.ended > load.began)).length;
}

/** What the sequences together must have come to, for their silence to say anything. */
export function faultsOfTally({ ends, readsBesideLoads }: Tally, sequences: number): string[] {
  if (sequences < ENOUGH_SEQUENCES) return [];
  return [
    ...['COMPLETED', 'CANCELLED'].filter((status) => !ends.has(status)).map((status) => `no run ended as ${status}`),
    ...(readsBesideLoads === 0 ? ['nothing was read while a load ran'] : []),
  ];
}
