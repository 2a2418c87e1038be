import type { Instance } from './instance';
import type { Rule } from './rules';

export interface SimulationOptions {
  rule: Rule;
  /** For RANDOM: a whole number; default 0. */
  seed?: number;
  /** Work of each operation instead of the instance's, whole numbers: a replication needs no new instance. */
  durations?: Float64Array;
  /** Work left of what is in process at the start, by job, instead of the instance's. */
  remaining?: Float64Array;
  /** What happens after this moment is left out; default: until nothing more can happen. */
  until?: number;
}

/**
 * A schedule: when each operation started and ended. Everything else (queues, work in process, active periods, the
 * decision that differed) follows from it, and is computed by the probes for those who ask.
 */
export interface SimulationRun {
  readonly instance: Instance;
  readonly rule: Rule;
  readonly seed: number;
  /** Work of each operation, as simulated. */
  readonly durations: Float64Array;
  /** By operation; NaN: not started. What was in process at the start has its `since`. */
  readonly start: Float64Array;
  /** By operation; NaN: not ended. */
  readonly end: Float64Array;
  /** By job: when its last operation ended (its release where it has none); NaN: not finished. */
  readonly completion: Float64Array;
  /** Operations in the order in which they were dispatched; those in process at the start are not among them. */
  readonly dispatched: Int32Array;
  /** The last completion, counted from the instance's start; 0 when nothing was completed. */
  readonly makespan: number;
  /** Jobs not finished: the calendars end before, or `until` came. */
  readonly unfinished: number;
  /** Events that the calendar handed out. */
  readonly events: number;
}
