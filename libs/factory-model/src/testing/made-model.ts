import type { Estimate, FactoryModel, OrderModel, PhaseModel } from '../model';
import { DAY, HOUR } from './made-factory';

/** Monday 2024-01-01. */
export const MONDAY = 19_723 * DAY;

/** An estimate in hours: the work, drawn from half of it to one and a half, and the wait before it. */
export const estimateOf = (work: number, wait = 0, more: Partial<Estimate> = {}): Estimate => ({
  ...{ level: 'PRODUCT' as const, cases: 20, markerShare: 0, median: work * HOUR, wait: wait * HOUR },
  deciles: Array.from({ length: 10 }, (_, place) => Math.round(work * HOUR * (0.55 + place / 10))),
  ...more,
});

export const phaseOf = (id: number, name: string, more: Partial<PhaseModel> = {}): PhaseModel => ({
  ...{ id, name, free: null, afterFinish: false, capacity: 1, basis: 'YEAR' as const, apt: null, windows: [] },
  ...more,
});

/** An order that stands in a queue since the moment of the model, and of whose time to the finish nothing is known. */
export const orderOf = (ofId: number, more: Partial<OrderModel> = {}): OrderModel => ({
  ...{ ofId, product: 1, created: MONDAY, due: null, standing: 'QUEUE' as const, since: MONDAY },
  ...{ steps: [], remaining: 0, deciles: [], expected: 0 },
  ...more,
});

/** A factory that never closes, and where no order waits for its finish. */
export const modelOf = (more: Partial<FactoryModel>): FactoryModel => ({
  start: MONDAY,
  calendar: { basis: 'ALWAYS', open: new Array<number>(168).fill(1), share: [], weeks: 0 },
  ...{ phases: [], estimates: [], finishWait: 0, orders: [], products: [] },
  arrivals: { orders: 0, days: 90, products: [] },
  leftOut: 0,
  ...more,
});
