import { Forecaster, type ForecastSettings, FORECAST_SETTINGS, positionAt } from '@libs/forecast';
import { capacityOf, type Executions } from './capacity';
import { CASE_DAYS, ExecutionCases } from './estimates';
import type { FactoryData, PhaseTypeData } from './factory-data';
import type {
  ArrivalMix,
  Estimate,
  FactoryModel,
  FreeReason,
  OrderModel,
  PhaseModel,
  ProductModel,
  StepModel,
} from './model';
import { atShare, decilesBy, quantile, sortedCopy } from './quantiles';
import { spreadOver, spreadTime } from './spread';
import { standingOf } from './standing';
import { deriveWeekCalendar, WorkClock } from './week-calendar';

const DAY = 86_400;
/** What is recorded in half a year tells the week. */
const CALENDAR_DAYS = 182;
const ARRIVAL_DAYS = 90;
/** Executions longer than this share of the others are not being worked at: somebody forgot to close them. */
const LONGEST_SHARE_INDEX = 9;

/**
 * The model of the factory at a moment, from what was recorded before it.
 *
 * @param moment wall-clock seconds; at most data.end. Before it, nobody knows which orders will be closed without a
 *   finish, nor of returns to come
 */
export function buildModel(data: FactoryData, moment: number): FactoryModel {
  return buildModelUntil(data, moment, moment).model;
}

/** As buildModel, and the orders that came in between the moment and `until`, as they were when they came. */
export function buildModelUntil(
  data: FactoryData,
  moment: number,
  until: number,
): { model: FactoryModel; arrived: OrderModel[] } {
  const { history } = data;
  const isPast = moment < data.end;
  const calendar = deriveWeekCalendar(workMoments(data, moment));
  const clock = new WorkClock(calendar.open);
  const executions = executionsByType(data, moment);
  const freeReasons = freeReasonsOf(data.phaseTypes, executions);
  const cases = new ExecutionCases(history, moment, clock, (type) => freeReasons.has(type));
  const phases = data.phaseTypes.map((type): PhaseModel => {
    const free = freeReasons.get(type.id) ?? null;
    const found = capacityOf(executions.get(type.id) ?? { start: [], end: [] }, moment, clock, type.apt);
    return {
      id: type.id,
      name: type.name,
      free,
      afterFinish: cases.isAfterFinish(type.id),
      capacity: free === null ? found.capacity : 0,
      basis: found.basis,
      apt: type.apt,
      windows: found.windows,
    };
  });
  const positionOf = new Map(phases.map(({ id }, position) => [id, position]));
  const isPart = (type: number): boolean => !(phases[positionOf.get(type) ?? -1]?.afterFinish ?? true);
  const steps = new StepTable(cases, positionOf);
  const codes = codesOf(data);
  const products = data.products.map(({ id, name, route }): ProductModel => {
    const { product, family } = codes.get(id) ?? { product: -1, family: -1 };
    return {
      id,
      name,
      route: workOf(route, data, isPart).map((type) => steps.step(product, family, type)),
      deciles: cases.leadTimes(product, family),
    };
  });
  const settings: ForecastSettings = { ...FORECAST_SETTINGS, dormantSeconds: data.dormantSeconds };
  const forecaster = new Forecaster(history, moment, settings);
  const routes = new Map(products.map(({ id, route }) => [id, route]));
  const active: (OrderModel & { expected: number })[] = [];
  let leftOut = 0;
  for (let order = 0; order < history.created.length; order++) {
    const known = data.orders[order];
    if (!isPast && known.closed) continue;
    const position = positionAt(history, order, moment, data.dormantSeconds);
    if (position === undefined) continue;
    const forecast = forecaster.forecast(order, position);
    const { standing, since, left } = standingOf(history, order, moment, isPart, !isPast);
    const hasPhases = history.firstPhase[order + 1] > history.firstPhase[order];
    const ownSteps = hasPhases
      ? left.map((index) => steps.step(history.product[order], history.family[order], history.phaseType[index]))
      : (routes.get(known.product ?? -1) ?? []);
    if (forecast === undefined || (!hasPhases && ownSteps.length === 0)) {
      leftOut++;
      continue;
    }
    const first = ownSteps.at(0);
    let remaining: number | undefined;
    if (standing === 'PROCESS' && first !== undefined) {
      // As lengths are: work in the calendar, or what has passed where nobody works.
      const elapsed = phases[first.phase].free === null ? clock.between(since, moment) : moment - since;
      remaining = remainingOf(steps.table[first.estimate], elapsed);
    }
    const deciles = decilesBy((share) => clock.between(moment, moment + forecast.remaining.quantile(share)));
    active.push({
      ofId: known.ofId,
      product: known.product,
      created: history.created[order],
      due: known.due,
      // Open for longer than such work ever lasts: it waits, and its work is still to come.
      standing: standing === 'PROCESS' && remaining === undefined ? 'QUEUE' : standing,
      since,
      steps: ownSteps,
      remaining: remaining ?? 0,
      deciles,
      expected: atShare(deciles, 0.5),
    });
  }
  active.sort((one, other) => one.created - other.created || one.ofId - other.ofId);
  spreadOver(active.filter(({ standing }) => standing === 'RELEASE'));
  const arrived: (OrderModel & { expected: number })[] = [];
  for (let order = 0; order < history.created.length; order++) {
    const created = history.created[order];
    if (!(created >= moment && created < until)) continue;
    const known = data.orders[order];
    const { left } = standingOf(history, order, moment, isPart, false);
    arrived.push({
      ...{ ofId: known.ofId, product: known.product, created, due: known.due, standing: 'QUEUE', since: created },
      steps: left.map((index) => steps.step(history.product[order], history.family[order], history.phaseType[index])),
      remaining: 0,
      deciles: cases.leadTimes(history.product[order], history.family[order]),
      expected: 0,
    });
  }
  arrived.sort((one, other) => one.created - other.created || one.ofId - other.ofId);
  arrived.forEach((order, number) => (order.expected = spreadTime(order.deciles, number)));
  const model: FactoryModel = {
    start: moment,
    calendar,
    phases,
    estimates: steps.table,
    finishWait: cases.finishWait(),
    orders: active,
    products,
    arrivals: arrivalMix(data, moment, new Set(products.filter(({ route }) => route.length > 0).map(({ id }) => id))),
    leftOut,
  };
  return { model, arrived };
}

/** Median of what is left of an execution that has lasted `elapsed`; undefined when none lasted that long. */
function remainingOf({ deciles }: Estimate, elapsed: number): number | undefined {
  if (deciles.length === 0) return 0;
  if (elapsed > deciles[LONGEST_SHARE_INDEX]) return undefined;
  const longer = deciles.filter((each) => each > elapsed);
  return longer.length === 0 ? 0 : longer[Math.floor(longer.length / 2)] - elapsed;
}

/** Steps, with each estimate kept once. */
class StepTable {
  readonly table: Estimate[] = [];
  private readonly known = new Map<Estimate, number>();

  constructor(
    private readonly cases: ExecutionCases,
    private readonly positionOf: ReadonlyMap<number, number>,
  ) {}

  step(product: number, family: number, type: number): StepModel {
    const estimate = this.cases.estimate(product, family, type);
    let place = this.known.get(estimate);
    if (place === undefined) this.known.set(estimate, (place = this.table.push(estimate) - 1));
    return { phase: this.positionOf.get(type)!, estimate: place };
  }
}

/** Phase types that need no capacity; see FREE_REASONS. */
function freeReasonsOf(
  types: readonly PhaseTypeData[],
  executions: ReadonlyMap<number, Executions>,
): Map<number, FreeReason> {
  const knowsApt = types.some(({ apt }) => apt !== null);
  const reasons = new Map<number, FreeReason>();
  for (const { id, automatic, apt } of types) {
    if (automatic) reasons.set(id, 'AUTOMATIC');
    else if (knowsApt && apt === null && lastsLong(executions.get(id))) reasons.set(id, 'WAITING');
  }
  return reasons;
}

function lastsLong(executions: Executions | undefined): boolean {
  if (executions === undefined) return false;
  const lengths = executions.start.map((start, index) => executions.end[index] - start);
  return quantile(sortedCopy(lengths), 0.5) >= DAY;
}

/** A standard route without what is no part of making it: what comes after the finish, and automatic phases before the first work. */
function workOf(route: readonly number[], data: FactoryData, isPart: (type: number) => boolean): number[] {
  const automatic = new Set(data.phaseTypes.filter((type) => type.automatic).map(({ id }) => id));
  const part = route.filter(isPart);
  const first = part.findIndex((type) => !automatic.has(type));
  return first === -1 ? [] : part.slice(first);
}

/** Which code the history has for a product and its family. */
function codesOf({ history, orders }: FactoryData): Map<number, { product: number; family: number }> {
  const codes = new Map<number, { product: number; family: number }>();
  orders.forEach(({ product }, order) => {
    if (product !== null) codes.set(product, { product: history.product[order], family: history.family[order] });
  });
  return codes;
}

/** Starts and ends of worked phases in the half year before the moment. */
function* workMoments({ history }: FactoryData, moment: number): Iterable<number> {
  const since = moment - CALENDAR_DAYS * DAY;
  for (let index = 0; index < history.phaseType.length; index++) {
    if (history.phaseAutomatic[index] === 1) continue;
    const start = history.phaseStart[index];
    const end = history.phaseEnd[index];
    if (start >= since && start < moment) yield start;
    if (end >= since && end < moment) yield end;
  }
}

function executionsByType({ history }: FactoryData, moment: number): Map<number, Executions> {
  const since = moment - CASE_DAYS * DAY;
  const found = new Map<number, { start: number[]; end: number[] }>();
  for (let index = 0; index < history.phaseType.length; index++) {
    const start = history.phaseStart[index];
    const end = history.phaseEnd[index];
    if (!(end < moment && end >= since && end > start)) continue;
    const type = history.phaseType[index];
    let executions = found.get(type);
    if (executions === undefined) found.set(type, (executions = { start: [], end: [] }));
    executions.start.push(start);
    executions.end.push(end);
  }
  return found;
}

function arrivalMix({ history, orders }: FactoryData, moment: number, routed: ReadonlySet<number>): ArrivalMix {
  const since = moment - ARRIVAL_DAYS * DAY;
  const recent: { created: number; ofId: number; product: number | null }[] = [];
  for (let order = 0; order < history.created.length; order++) {
    const created = history.created[order];
    if (created >= since && created < moment) recent.push({ created, ...orders[order] });
  }
  recent.sort((one, other) => one.created - other.created || one.ofId - other.ofId);
  const products = recent.flatMap(({ product }) => (product !== null && routed.has(product) ? [product] : []));
  return { orders: recent.length, days: ARRIVAL_DAYS, products };
}
