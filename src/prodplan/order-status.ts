import { awakeFrom } from '../published/awake-from';

/** The five words the frontend knows; any other fails its whole list. */
export const ORDER_STATUSES = ['CREATED', 'IN_PROGRESS', 'DONE', 'LATE', 'AT_RISK'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What an order's status follows from. Days are the factory's calendar days (2025-12-11); they compare as text. */
export interface OrderFacts {
  isClosed: boolean;
  isStarted: boolean;
  /** The day of of_data_transporte, undefined when the order has no due date. */
  dueDay?: string;
  /** The day of the p50 ETA, undefined when the order has none. */
  etaDay?: string;
}

/**
 * The first that holds of DONE (closed), LATE (due before the day of as_of), AT_RISK (p50 ETA after the due day),
 * IN_PROGRESS (a phase has started), CREATED.
 *
 * @param asOfDay the day of as_of; undefined when the data hold no recorded event, and then nothing is late
 */
export function orderStatus(facts: OrderFacts, asOfDay: string | undefined): OrderStatus {
  if (facts.isClosed) return 'DONE';
  if (facts.dueDay !== undefined && asOfDay !== undefined && facts.dueDay < asOfDay) return 'LATE';
  if (facts.dueDay !== undefined && facts.etaDay !== undefined && facts.etaDay > facts.dueDay) return 'AT_RISK';
  return facts.isStarted ? 'IN_PROGRESS' : 'CREATED';
}

/** Open, and no recorded event in the `dormantDays` times 24 hours before as_of. */
export function isDormant(isClosed: boolean, lastEvent: Date, asOf: Date | null, dormantDays: number): boolean {
  const from = awakeFrom(asOf, dormantDays);
  return !isClosed && from !== null && lastEvent < from;
}
