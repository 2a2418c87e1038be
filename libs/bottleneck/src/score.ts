import { median } from './median';

/** What stands at a phase type at one moment. Ages are seconds, null where there is nothing to have an age. */
export interface PhaseLoad {
  faseId: number;
  /** Open phases of active orders. */
  wip: number;
  wipAgeP90: number | null;
  /** Active orders that wait for a phase of this type. */
  queue: number;
  queueAgeP90: number | null;
}

/** The same measures as they usually are; undefined where the phase has no history. */
export interface UsualLoad {
  load?: number;
  wipAgeP90?: number;
  queueAgeP90?: number;
}

export interface PhaseScore {
  /** 0..100, two decimals. */
  score: number;
  /** 0..100 each; 50 is as usual, 75 three times the usual. */
  parts: { wipAge: number; load: number; queueAge: number };
}

export type Severity = 'HIGH' | 'MEDIUM' | 'LOW';
export type Trend = 'RISING' | 'FALLING' | 'STABLE';

/** How much each part counts; they add up to 1. docs/bottlenecks.md gives the reasons. */
export const WEIGHTS = { wipAge: 0.4, load: 0.35, queueAge: 0.25 } as const;

/**
 * The least that counts as usual: one order, and a day. Without, a phase that usually has nobody waiting would score
 * full marks for the first order that waits an hour.
 */
export const FLOORS = { load: 1, ageSeconds: 86_400 } as const;

/** Orders at which the number of observations counts half: two old orders say less than forty. */
const EVIDENCE_HALF = 5;
const HIGH = 60;
const MEDIUM = 40;
/** A score that moved by less is called STABLE. */
export const SCORE_STEP = 5;

/**
 * The usual values of a phase type from what stood there at earlier moments: medians over the moments, an empty moment
 * counting as no load and no age.
 *
 * @param history one entry a moment, undefined where nothing stood at the phase
 */
export function usualOf(history: readonly (PhaseLoad | undefined)[]): UsualLoad {
  const known = <T>(values: readonly (T | null | undefined)[]): T[] =>
    values.filter((value) => value !== null && value !== undefined);
  return {
    load: median(history.map((at) => (at === undefined ? 0 : at.wip + at.queue))),
    wipAgeP90: median(known(history.map((at) => at?.wipAgeP90))),
    queueAgeP90: median(known(history.map((at) => at?.queueAgeP90))),
  };
}

/** The score of what stands at a phase type, against what usually does; 0 when nothing stands there. */
export function scorePhase(now: PhaseLoad, usual: UsualLoad): PhaseScore {
  const load = now.wip + now.queue;
  const parts = {
    wipAge: against(now.wipAgeP90 ?? 0, usual.wipAgeP90, FLOORS.ageSeconds),
    load: against(load, usual.load, FLOORS.load),
    queueAge: against(now.queueAgeP90 ?? 0, usual.queueAgeP90, FLOORS.ageSeconds),
  };
  const weighted = WEIGHTS.wipAge * parts.wipAge + WEIGHTS.load * parts.load + WEIGHTS.queueAge * parts.queueAge;
  return { score: hundredths((weighted * load) / (load + EVIDENCE_HALF)), parts };
}

function against(now: number, usual: number | undefined, floor: number): number {
  return hundredths((100 * now) / (now + Math.max(usual ?? floor, floor)));
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Sorted by score, then by what stands there, then by id: always the same order. */
export function rankPhases<T extends { now: PhaseLoad; score: number }>(phases: readonly T[]): T[] {
  return [...phases].sort(
    (a, b) => b.score - a.score || b.now.wip + b.now.queue - (a.now.wip + a.now.queue) || a.now.faseId - b.now.faseId,
  );
}

/** HIGH, MEDIUM or LOW by fixed bounds of the score. @param score 0 to 100 */
export function severityOf(score: number): Severity {
  if (score >= HIGH) return 'HIGH';
  return score >= MEDIUM ? 'MEDIUM' : 'LOW';
}

/** How a score moved; less than one step of its rounding is no movement. */
export function trendOf(score: number, before: number): Trend {
  if (score - before >= SCORE_STEP) return 'RISING';
  return before - score >= SCORE_STEP ? 'FALLING' : 'STABLE';
}
