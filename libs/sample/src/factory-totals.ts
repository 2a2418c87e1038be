import { NONE, type OrderHistory } from './order-history';
import type { RouteType } from './phase-types';

/** Counts over all phases, taken in one pass before any row is written. */
export interface FactoryTotals {
  phases: number;
  unbegun: number;
  unbegunLaminations: number;
  begunLaminationsOfOpen: number;
  finishedRecorded: number;
  finishedLaminations: number;
  shiftable: number;
  fractionable: number;
  /** Begun phases at which somebody works. */
  manned: number;
}

/** Totals of nothing, to be added to. */
export function emptyTotals(): FactoryTotals {
  return {
    phases: 0,
    unbegun: 0,
    unbegunLaminations: 0,
    begunLaminationsOfOpen: 0,
    finishedRecorded: 0,
    finishedLaminations: 0,
    shiftable: 0,
    fractionable: 0,
    manned: 0,
  };
}

/** Whether people are assigned to phases of this type. */
export function isManned(type: RouteType): boolean {
  return type.role === undefined || type.role === 'lamination' || type.role === 'painting';
}

/** Adds the phases of one order to the totals. */
export function countPhases(history: OrderHistory, totals: FactoryTotals): void {
  const finished = history.state.fate === 'finished';
  totals.phases += history.count;
  for (let step = 0; step < history.count; step++) {
    const type = history.types[step];
    const begun = history.start[step] !== NONE;
    const lamination = type.role === 'lamination';
    if (lamination || type.role === 'painting') totals.shiftable++;
    if (type.fractions) totals.fractionable++;
    if (begun && isManned(type)) totals.manned++;
    if (!begun) totals.unbegun++;
    else if (finished) totals.finishedRecorded++;
    if (!lamination) continue;
    if (!begun) totals.unbegunLaminations++;
    else if (finished) totals.finishedLaminations++;
    else totals.begunLaminationsOfOpen++;
  }
}
