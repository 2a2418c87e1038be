import type { History } from '@libs/forecast';
import type { OrderStanding } from './model';

/** Where an order stands, and which phases of its route are left. */
export interface Standing {
  readonly standing: OrderStanding;
  readonly since: number;
  /** Indices in the history's phases, in the order of the route; the one in process is the first. */
  readonly left: readonly number[];
}

/**
 * Where an active order stands at a moment, from what had been recorded before it.
 *
 * Phases before the last one started count as done, whether they were recorded or not: 6 % never are, and as many are
 * never closed. Automatic phases before the first work are the wait for release. Returns that had not started were not
 * known yet at a moment of the past.
 *
 * @param isPart whether a phase type is part of making an order, not storage or delivery
 * @param knowsReturns whether planned returns are known: at the end of the data
 */
export function standingOf(
  history: History,
  order: number,
  moment: number,
  isPart: (phaseType: number) => boolean,
  knowsReturns: boolean,
): Standing {
  const first = history.firstPhase[order];
  const end = history.firstPhase[order + 1];
  let last = -1;
  let hasWorked = false;
  for (let index = first; index < end; index++) {
    if (!isPart(history.phaseType[index])) continue;
    const isStarted = history.phaseStart[index] < moment || history.phaseEnd[index] < moment;
    if (!isStarted) continue;
    if (history.phaseAutomatic[index] === 0) hasWorked = true;
    if (hasWorked) last = index;
  }
  const left: number[] = [];
  let hasMetWork = hasWorked;
  for (let index = last === -1 ? first : last + 1; index < end; index++) {
    if (!isPart(history.phaseType[index])) continue;
    if (history.phaseAutomatic[index] === 0) hasMetWork = true;
    if (!hasMetWork) continue;
    const isStarted = history.phaseStart[index] < moment || history.phaseEnd[index] < moment;
    if (isStarted || (history.phaseReturn[index] === 1 && !knowsReturns)) continue;
    left.push(index);
  }
  if (last === -1) return { standing: 'RELEASE', since: history.created[order], left };
  if (!(history.phaseEnd[last] < moment)) {
    return { standing: 'PROCESS', since: history.phaseStart[last], left: [last, ...left] };
  }
  return { standing: 'QUEUE', since: lastEndBefore(history, first, last, moment), left };
}

function lastEndBefore(history: History, first: number, last: number, moment: number): number {
  let latest = history.phaseEnd[last];
  for (let index = first; index < last; index++) {
    const end = history.phaseEnd[index];
    if (end < moment && end > latest) latest = end;
  }
  return latest;
}
