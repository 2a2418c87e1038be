import type { History, Position } from './history';
import { BEFORE_START, type Usual } from './usual-times';

/** An order's expected delay, seconds, split into parts that add up to it. Whole seconds, so that they do so exactly. */
export interface DelaySplit {
  /** Estimated finish minus the end of the due day; negative is early. */
  readonly total: number;
  /** Creation to the first start of work, or to now, beyond what is usual. */
  readonly lateStart: number;
  /** Since something last happened, beyond the usual step to the end of the phase it waits in or for. */
  readonly waiting: number;
  readonly waitingPhase?: number;
  /** Time spent in returns. */
  readonly rework: number;
  /** The execution that exceeded its usual duration the most, by how much. */
  readonly slowPhase: number;
  readonly slowPhaseType?: number;
  /** All else: the work that usually follows and the rest of the past, less the time the due day allowed for it. */
  readonly rest: number;
}

/**
 * Splits a delay into what is known of it. Only what exceeds the usual counts as a cause, so the causes are never
 * negative; the rest is, when the due day left room that swallowed part of them.
 */
export function splitDelay(
  history: History,
  order: number,
  position: Position,
  moment: number,
  total: number,
  usual: Usual,
): DelaySplit {
  const created = history.created[order];
  let firstStart = Infinity;
  let lastEnd = -Infinity;
  let rework = 0;
  let slowPhase = 0;
  let slowPhaseType: number | undefined;
  let next = -1;
  for (let index = history.firstPhase[order]; index < history.firstPhase[order + 1]; index++) {
    const type = history.phaseType[index];
    const start = history.phaseStart[index];
    const end = history.phaseEnd[index];
    if (next === -1 && index > position.phaseIndex && Number.isNaN(start) && Number.isNaN(end)) next = index;
    const isAutomatic = history.phaseAutomatic[index] === 1;
    if (start < moment && !isAutomatic) firstStart = Math.min(firstStart, start);
    if (!(end < moment)) continue;
    lastEnd = Math.max(lastEnd, end);
    const duration = end - start;
    if (!(duration > 0)) continue;
    if (history.phaseReturn[index] === 1) {
      rework += duration;
      continue;
    }
    // An automatic phase is a state: how long it lasts is waiting.
    if (isAutomatic) continue;
    const excess = duration - (usual.executions.usual(order, type) ?? duration);
    if (excess > slowPhase) {
      slowPhase = excess;
      slowPhaseType = type;
    }
  }
  const hasStarted = position.phaseIndex !== -1;
  const waitBefore = (firstStart === Infinity ? (hasStarted ? lastEnd : moment) : firstStart) - created;
  const lateStart = beyond(waitBefore, usual.steps.usual(order, BEFORE_START));
  const open = hasStarted && Number.isNaN(history.phaseEnd[position.phaseIndex]);
  const where = open ? position.phaseIndex : next;
  const waitingPhase = !hasStarted || where === -1 ? undefined : history.phaseType[where];
  const since = Math.max(lastEnd, firstStart === Infinity ? created : firstStart);
  const waiting = waitingPhase === undefined ? 0 : beyond(moment - since, usual.steps.usual(order, waitingPhase));
  const parts = { lateStart, waiting, rework: Math.round(rework), slowPhase: Math.round(slowPhase) };
  const whole = Math.round(total);
  return {
    total: whole,
    ...parts,
    waitingPhase: waiting > 0 ? waitingPhase : undefined,
    slowPhaseType,
    rest: whole - parts.lateStart - parts.waiting - parts.rework - parts.slowPhase,
  };
}

/** By how many whole seconds a time exceeds the usual one; 0 where none is known. */
function beyond(seconds: number, usual: number | undefined): number {
  return usual === undefined ? 0 : Math.max(0, Math.round(seconds - usual));
}
