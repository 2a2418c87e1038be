import { buildInstance, type Instance, type ResourceSpec, type WorkingInterval } from '@libs/simulation';
import { draw } from './draws';
import type { FactoryModel, OrderModel, StepModel } from './model';
import { atShare } from './quantiles';
import { spreadTime } from './spread';
import { type Scenario, serversOf } from './scenario';
import { openIntervals } from './week-calendar';

const DAY = 86_400;
/** Up to here the calendar has its nights and weekends; beyond, it is open, so that everything ends. */
export const HORIZON_DAYS = 730;
/** Urgent orders go before all others. */
const URGENT_CLASS = -1;
/** Ids of orders that are not there yet, for their draws: no order has a negative one. */
const FIRST_NEW_ID = -1;
/** Places of the draws of an order beside its steps. */
const SHARE_PLACE = 100_000;

/** Resource 0 is where orders wait for reasons that are no capacity; phase p is resource p + 1. */
export const WAITING = 0;

/** An order as the plan simulates it. */
export interface PlannedOrder {
  readonly kind: 'ACTIVE' | 'URGENT' | 'ARRIVAL';
  readonly order: OrderModel;
}

/** An instance, and what its jobs and operations stand for. */
export interface Plan {
  readonly instance: Instance;
  /** By job. */
  readonly orders: readonly PlannedOrder[];
  /** By operation: the position of its phase in the model, -1 for a wait. */
  readonly operationPhase: Int32Array;
  /** By phase: what is open, for utilisation. */
  readonly calendars: readonly (readonly WorkingInterval[])[];
  readonly servers: readonly number[];
  readonly speeds: readonly number[];
}

/** How a replication draws; without, every duration is its median. */
export interface Replication {
  readonly seed: number;
  readonly number: number;
}

/** Durations of one run. */
export interface PlanDurations {
  /** By operation. */
  readonly durations: Float64Array;
  /** By job: left of what is in process; NaN where nothing is. */
  readonly remaining: Float64Array;
}

/**
 * The instance of a scenario, with the durations of the deterministic run.
 *
 * @param arrived orders that are known to come
 */
export function planOf(model: FactoryModel, scenario: Scenario, arrived: readonly OrderModel[] = []): Plan {
  const orders = [...plannedOrders(model, scenario), ...arrived.map((order) => ({ kind: 'ARRIVAL' as const, order }))];
  const { resources, calendars, servers, speeds } = resourcesOf(model, scenario);
  const phaseOfOperation: number[] = [];
  const jobs = orders.map(({ kind, order }) => {
    const operations: { resource: number; duration: number }[] = [];
    const push = (phase: number): void => {
      operations.push({ resource: phase + 1, duration: 0 });
      phaseOfOperation.push(phase);
    };
    order.steps.forEach(({ phase }, step) => {
      if (step > 0 || order.standing !== 'PROCESS') push(-1);
      push(phase);
    });
    push(-1);
    return {
      release: kind === 'ARRIVAL' ? order.created : Math.min(order.since, model.start),
      due: order.due === null ? null : order.due + DAY,
      ...(kind === 'URGENT' ? { priorityClass: URGENT_CLASS } : {}),
      ...(order.standing === 'PROCESS'
        ? { inProcess: { since: Math.min(order.since, model.start), remaining: 0 } }
        : {}),
      operations,
    };
  });
  const built = buildInstance({ start: model.start, resources, jobs });
  const plan = {
    instance: built,
    orders,
    operationPhase: Int32Array.from(phaseOfOperation),
    calendars,
    servers,
    speeds,
  };
  const { durations, remaining } = durationsOf(model, scenario, plan);
  return { ...plan, instance: { ...built, duration: durations, inProcessRemaining: remaining } };
}

/**
 * What each operation takes in a run.
 *
 * An order's way to the finish is its steps, the usual waits between them, and what the past says it takes in all from
 * where it stands (`deciles`). What the sum of steps and waits falls short of that is waited where it stands now; what it
 * exceeds it by is taken off the waits. So without any queue an order finishes when comparable orders did, and every
 * queue comes on top. Waits follow from the unchanged durations: what a scenario saves in work is saved.
 */
export function durationsOf(
  model: FactoryModel,
  scenario: Scenario,
  { instance, orders }: Pick<Plan, 'instance' | 'orders'>,
  replication?: Replication,
): PlanDurations {
  const durations = new Float64Array(instance.operationCount);
  const remaining = new Float64Array(instance.jobCount).fill(NaN);
  const factorOf = factors(scenario);
  orders.forEach(({ order }, job) => {
    const { steps, standing } = order;
    const inProcess = standing === 'PROCESS';
    const lengths = steps.map((step, place) =>
      inProcess && place === 0 ? order.remaining : lengthOf(model, step, order.ofId, place, replication),
    );
    const waits = steps.map(({ estimate }, place) => (place === 0 ? 0 : model.estimates[estimate].wait));
    waits.push(model.finishWait);
    const work = lengths.reduce((sum, each) => sum + each, 0);
    const waiting = waits.reduce((sum, each) => sum + each, 0);
    const total = order.deciles.length === 0 ? work + waiting : totalOf(order, replication);
    const slack = total - work - waiting;
    if (slack >= 0) waits[inProcess ? 1 : 0] += slack;
    else if (waiting > 0) {
      const kept = Math.max(0, total - work) / waiting;
      waits.forEach((wait, place) => (waits[place] = Math.round(wait * kept)));
    }
    let operation = instance.jobFirst[job];
    steps.forEach((step, place) => {
      if (!inProcess || place > 0) durations[operation++] = waits[place];
      const factor = factorOf(order, step.phase);
      const length = factor === 1 ? lengths[place] : Math.round(lengths[place] * factor);
      if (inProcess && place === 0) remaining[job] = length;
      durations[operation++] = length;
    });
    durations[operation] = waits[steps.length];
  });
  return { durations, remaining };
}

/** Time from where an order stands to its finish, without queues. */
function totalOf({ ofId, deciles, expected }: OrderModel, replication: Replication | undefined): number {
  if (replication === undefined) return expected;
  return atShare(deciles, draw(replication.seed, replication.number, ofId, SHARE_PLACE));
}

function lengthOf(
  { estimates }: FactoryModel,
  { estimate }: StepModel,
  ofId: number,
  place: number,
  replication: Replication | undefined,
): number {
  const { median, deciles, markerShare } = estimates[estimate];
  if (replication === undefined || deciles.length === 0) return median;
  const share = draw(replication.seed, replication.number, ofId, place);
  return share < markerShare ? 0 : atShare(deciles, (share - markerShare) / (1 - markerShare));
}

function factors({ durations }: Scenario): (order: OrderModel, phase: number) => number {
  if (durations.length === 0) return () => 1;
  return (order, phase) => {
    let factor = 1;
    for (const change of durations) {
      if (change.phase !== undefined && change.phase !== phase) continue;
      if (change.product !== undefined && change.product !== order.product) continue;
      if (change.ofId !== undefined && change.ofId !== order.ofId) continue;
      factor *= change.factor;
    }
    return factor;
  };
}

function plannedOrders(model: FactoryModel, scenario: Scenario): PlannedOrder[] {
  const { start, orders } = model;
  let id = FIRST_NEW_ID;
  const created = (product: number, at: number, due: number | null, arrival?: number): OrderModel => {
    const { route, deciles } = model.products.find((each) => each.id === product)!;
    const ofId = id--;
    return {
      ...{ ofId, product, created: at, due, since: at, steps: route, remaining: 0 },
      // An urgent order waits for no release: only for what lies between its phases.
      standing: 'QUEUE',
      deciles: arrival === undefined ? [] : deciles,
      expected: arrival === undefined ? 0 : spreadTime(deciles, arrival),
    };
  };
  // Urgent orders stand at the end, so that all others have the same positions with and without them; the ids of those
  // to come must not depend on them either.
  const arrivals = arrivalsOf(model, scenario).map(({ product, at }, number) => ({
    kind: 'ARRIVAL' as const,
    order: created(product, at, null, number),
  }));
  return [
    ...orders.map((order) => ({ kind: 'ACTIVE' as const, order })),
    ...arrivals,
    ...scenario.urgent.flatMap(({ product, quantity, due }) =>
      Array.from({ length: quantity }, () => ({ kind: 'URGENT' as const, order: created(product, start, due) })),
    ),
  ];
}

/** Orders to come: as many a day as in the recent past, at even distances, their products drawn from it. */
function arrivalsOf(model: FactoryModel, { arrivals }: Scenario): { product: number; at: number }[] {
  const { products, orders, days } = model.arrivals;
  if (arrivals === null || products.length === 0) return [];
  const count = Math.round((orders / days) * arrivals.days);
  return Array.from({ length: count }, (_, number) => ({
    product: products[Math.floor(draw(arrivals.seed, 0, number, 0) * products.length)],
    at: model.start + Math.round(((number + 0.5) / count) * arrivals.days * DAY),
  }));
}

function resourcesOf(
  model: FactoryModel,
  scenario: Scenario,
): Pick<Plan, 'calendars' | 'servers' | 'speeds'> & { resources: ResourceSpec[] } {
  const { start, calendar, phases } = model;
  const end = start + HORIZON_DAYS * DAY;
  const compiled = new Map<string, WorkingInterval[]>();
  const calendarOf = (phase: number): WorkingInterval[] => {
    const shifts = scenario.extraShifts.filter(({ phases: only }) => only === undefined || only.includes(phase));
    const key = shifts.map((shift) => scenario.extraShifts.indexOf(shift)).join();
    const known = compiled.get(key);
    if (known !== undefined) return known;
    // Before the start too: what is in process began there.
    const changes = { closed: scenario.closed, extra: shifts.map(({ interval }) => interval) };
    const open: WorkingInterval[] = openIntervals(calendar.open, start, end, changes);
    const last = open.at(-1)!;
    open[open.length - 1] = { ...last, until: Infinity };
    compiled.set(key, open);
    return open;
  };
  const resources: ResourceSpec[] = [{ capacity: Infinity, calendar: calendarOf(-1) }];
  const calendars: (readonly WorkingInterval[])[] = [];
  const servers: number[] = [];
  const speeds: number[] = [];
  phases.forEach(({ free, capacity }, phase) => {
    const unavailable = scenario.outages.filter((outage) => outage.phase === phase).map(({ interval }) => interval);
    if (free !== null) {
      resources.push({ capacity: Infinity, ...(unavailable.length > 0 ? { unavailable } : {}) });
      calendars.push([]);
      servers.push(0);
      speeds.push(1);
      return;
    }
    const changed = serversOf(
      capacity,
      scenario.capacity.filter((change) => change.phase === phase),
    );
    const own = calendarOf(phase);
    resources.push({ capacity: changed.servers, speed: changed.speed, calendar: own, unavailable });
    calendars.push(own);
    servers.push(changed.servers);
    speeds.push(changed.speed);
  });
  return { resources, calendars, servers, speeds };
}
