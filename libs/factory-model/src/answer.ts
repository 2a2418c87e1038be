import {
  firstDecisionDifference,
  firstJobDifference,
  type JobDifference,
  type ResourceUse,
  resourceUse,
  type SimulationRun,
} from '@libs/simulation';
import { hours, type InstantOf, isOnTime, type Kpis, kpiDelta, kpisOf, rounded } from './figures';
import type { FactoryModel, OrderModel } from './model';
import { type Plan, WAITING } from './plan';
import type { Scenario } from './scenario';

const DAY = 86_400;
const TOP = 20;
/** Points of the curve; beyond, every second day, every third, … */
const CURVE_POINTS = 120;

/** As in the lists of orders: the simulated finish stands for the ETA. */
export type SimulatedStatus = 'LATE' | 'AT_RISK' | 'IN_PROGRESS' | 'CREATED';

/** Why an order goes another way than in the baseline, at the first step where it does. */
export interface FirstDifference {
  fase_id?: number;
  fase_nome: string;
  reason: 'OVERTAKEN' | 'SERVER' | 'DURATION' | 'CALENDAR';
  /** The order that was served before it in the one run and after it in the other. */
  by_of_id?: string;
  /** Hours from the moment of the model. */
  baseline_start_h: number;
  simulated_start_h: number;
  explanation: string;
}

export interface AffectedOrder {
  of_id: string;
  delta_lead_time_h: number;
  baseline_lead_time_h: number;
  simulated_lead_time_h: number;
  baseline_status: SimulatedStatus;
  /** Where it is another one. */
  new_status?: SimulatedStatus;
  first_difference?: FirstDifference;
}

export interface PhaseSide {
  capacity: number;
  speed: number;
  utilizacao_pct: number;
  mean_wait_h: number;
  max_wait_h: number;
  /** Mean number of orders that wait there. */
  mean_queue: number;
}

export interface PhaseComparison {
  fase_id: number;
  fase_nome: string;
  needs_capacity: boolean;
  operations: number;
  baseline: PhaseSide;
  simulated: PhaseSide;
}

export interface FirstDecision {
  fase_id: number;
  fase_nome: string;
  /** Hours from the moment of the model. */
  at_h: number;
  baseline_of_id?: string;
  simulated_of_id?: string;
  waiting: number;
}

export interface UrgentResult {
  produto_id: number;
  lead_time_h: number;
  on_time?: boolean;
}

/** What a scenario comes to, beside the same without it. */
export interface Answer {
  baseline_kpis: Kpis;
  simulated_kpis: Kpis;
  delta_kpis: Kpis;
  orders: number;
  orders_with_due: number;
  top_affected_orders: AffectedOrder[];
  saved_orders: string[];
  late_orders: string[];
  phases: PhaseComparison[];
  wip_curve: { day: number; baseline: number; simulated: number }[];
  first_decision?: FirstDecision;
  urgent_orders?: UrgentResult[];
}

/** One simulated side. */
export interface Simulated {
  readonly scenario: Scenario;
  readonly plan: Plan;
  readonly run: SimulationRun;
}

/**
 * Compares two runs of the same orders.
 *
 * @param jobs the orders the figures are of, by position; those of the plan that stand for orders to come may be among them
 */
export function compareRuns(
  model: FactoryModel,
  baseline: Simulated,
  scenario: Simulated,
  jobs: readonly number[],
  instantOf: InstantOf,
): Answer {
  const { start } = model;
  const before = kpisOf(baseline.plan.orders, baseline.run, jobs, start, instantOf);
  const after = kpisOf(scenario.plan.orders, scenario.run, jobs, start, instantOf);
  const saved: string[] = [];
  const late: string[] = [];
  for (const job of jobs) {
    const { order } = baseline.plan.orders[job];
    const was = isOnTime(order, baseline.run.completion[job]);
    const is = isOnTime(order, scenario.run.completion[job]);
    if (was === is) continue;
    (is ? saved : late).push(String(order.ofId));
  }
  const urgent = urgentResults(scenario, instantOf);
  return {
    baseline_kpis: before,
    simulated_kpis: after,
    delta_kpis: kpiDelta(before, after),
    orders: jobs.length,
    orders_with_due: jobs.filter((job) => baseline.plan.orders[job].order.due !== null).length,
    top_affected_orders: affectedOrders(model, baseline, scenario, jobs, instantOf),
    saved_orders: saved,
    late_orders: late,
    phases: phaseComparisons(model, baseline, scenario),
    wip_curve: wipCurve(model, baseline, scenario, jobs),
    ...firstDecision(model, baseline, scenario),
    ...(urgent.length === 0 ? {} : { urgent_orders: urgent }),
  };
}

function affectedOrders(
  model: FactoryModel,
  baseline: Simulated,
  scenario: Simulated,
  jobs: readonly number[],
  instantOf: InstantOf,
): AffectedOrder[] {
  const delta = (job: number): number =>
    instantOf(scenario.run.completion[job]) - instantOf(baseline.run.completion[job]);
  return jobs
    .filter((job) => delta(job) !== 0)
    .sort((one, other) => Math.abs(delta(other)) - Math.abs(delta(one)) || one - other)
    .slice(0, TOP)
    .map((job) => {
      const { order } = baseline.plan.orders[job];
      const was = statusOf(model, order, baseline.run.completion[job]);
      const is = statusOf(model, order, scenario.run.completion[job]);
      const created = instantOf(order.created);
      const difference = firstJobDifference(baseline.run, scenario.run, job);
      return {
        of_id: String(order.ofId),
        delta_lead_time_h: hours(delta(job)),
        baseline_lead_time_h: hours(instantOf(baseline.run.completion[job]) - created),
        simulated_lead_time_h: hours(instantOf(scenario.run.completion[job]) - created),
        baseline_status: was,
        ...(is === was ? {} : { new_status: is }),
        ...(difference === undefined ? {} : { first_difference: explained(model, baseline, scenario, difference) }),
      };
    });
}

function explained(
  model: FactoryModel,
  baseline: Simulated,
  scenario: Simulated,
  difference: JobDifference,
): FirstDifference {
  const { resource, startBefore, startAfter, arrival, reason, by } = difference;
  const phase = resource === WAITING ? undefined : model.phases[resource - 1];
  const place = phase?.name ?? 'waiting between phases';
  const base = {
    ...(phase === undefined ? {} : { fase_id: phase.id }),
    fase_nome: place,
    baseline_start_h: hours(startBefore - model.start),
    simulated_start_h: hours(startAfter - model.start),
  };
  const moved = `it starts there ${hours(Math.abs(startAfter - startBefore))} h ${startAfter > startBefore ? 'later' : 'earlier'}`;
  if (phase === undefined) {
    return {
      ...base,
      reason: 'CALENDAR',
      explanation: `The hours in which the factory works are others while it waits${startAfter === startBefore ? '' : `: ${moved}`}.`,
    };
  }
  if (reason === 'duration') {
    return {
      ...base,
      reason: 'DURATION',
      explanation: `Its work at ${place} takes another time, from the same start.`,
    };
  }
  if (by !== undefined) {
    const isLater = startAfter > startBefore;
    // Who went before it was served in the run in which it waits longer; the other may not have that order at all.
    const other = orderName((isLater ? scenario : baseline).plan.orders[by].order);
    const explanation = isLater
      ? `At ${place} order ${other} goes before it, which in the baseline came after it: ${moved}.`
      : `At ${place} it goes before order ${other}, which in the baseline came before it: ${moved}.`;
    return { ...base, reason: 'OVERTAKEN', by_of_id: other, explanation };
  }
  const waited = hours(Math.min(startBefore, startAfter) - arrival);
  const explanation = `At ${place} somebody is free for it at another time (it waits ${waited} h there at least): ${moved}.`;
  return { ...base, reason: 'SERVER', explanation };
}

/** Orders that are not there yet have no number: new-1, new-2, … */
function orderName({ ofId }: OrderModel): string {
  return ofId < 0 ? `new${ofId}` : String(ofId);
}

function statusOf({ start }: FactoryModel, { due, standing }: OrderModel, finish: number): SimulatedStatus {
  const today = Math.floor((start - 1) / DAY) * DAY;
  if (due !== null && due < today) return 'LATE';
  if (due !== null && finish >= due + DAY) return 'AT_RISK';
  return standing === 'RELEASE' ? 'CREATED' : 'IN_PROGRESS';
}

function phaseComparisons(model: FactoryModel, baseline: Simulated, scenario: Simulated): PhaseComparison[] {
  const before = resourceUse(baseline.run);
  const after = resourceUse(scenario.run);
  return model.phases.flatMap(({ id, name, free }, phase) => {
    const use = after[phase + 1];
    if (use.operations === 0 && before[phase + 1].operations === 0) return [];
    return [
      {
        fase_id: id,
        fase_nome: name,
        needs_capacity: free === null,
        operations: use.operations,
        baseline: sideOf(before[phase + 1], baseline.plan, phase),
        simulated: sideOf(use, scenario.plan, phase),
      },
    ];
  });
}

function sideOf(use: ResourceUse, { servers, speeds }: Plan, phase: number): PhaseSide {
  return {
    capacity: servers[phase],
    speed: rounded(speeds[phase]),
    utilizacao_pct: rounded(100 * use.utilisation),
    mean_wait_h: hours(use.meanWait),
    max_wait_h: hours(use.maxWait),
    mean_queue: rounded(use.meanQueue),
  };
}

/** Orders not finished at the end of each day. */
function wipCurve(
  { start }: FactoryModel,
  baseline: Simulated,
  scenario: Simulated,
  jobs: readonly number[],
): Answer['wip_curve'] {
  const sides = [baseline, scenario].map(({ run, plan }) => ({
    ends: Float64Array.from(jobs, (job) => run.completion[job]).sort(),
    begins: Float64Array.from(jobs, (job) => Math.max(start, plan.orders[job].order.created)).sort(),
  }));
  const last = Math.max(start, ...sides.map(({ ends }) => ends.at(-1) ?? start));
  const days = Math.ceil((last - start) / DAY);
  const step = Math.max(1, Math.ceil(days / CURVE_POINTS));
  const curve: Answer['wip_curve'] = [];
  for (let day = 0; day <= days + step - 1; day += step) {
    const [before, after] = sides.map(({ begins, ends }) => {
      const moment = start + day * DAY;
      return upTo(begins, moment) - upTo(ends, moment);
    });
    curve.push({ day, baseline: before, simulated: after });
  }
  return curve;
}

/** How many of the sorted moments have come. */
function upTo(sorted: Float64Array, moment: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstDecision(
  model: FactoryModel,
  baseline: Simulated,
  scenario: Simulated,
): { first_decision?: FirstDecision } {
  const found = firstDecisionDifference(baseline.run, scenario.run);
  if (found === undefined) return {};
  const phase = model.phases[found.resource - 1];
  const orderOf = ({ plan }: Simulated, job: number | undefined): string | undefined =>
    job === undefined ? undefined : orderName(plan.orders[job].order);
  const before = orderOf(baseline, found.before?.job);
  const after = orderOf(scenario, found.after?.job);
  return {
    first_decision: {
      fase_id: phase.id,
      fase_nome: phase.name,
      at_h: hours(found.time - model.start),
      ...(before === undefined ? {} : { baseline_of_id: before }),
      ...(after === undefined ? {} : { simulated_of_id: after }),
      waiting: found.waitingAfter.length,
    },
  };
}

function urgentResults({ plan, run }: Simulated, instantOf: InstantOf): UrgentResult[] {
  return plan.orders.flatMap(({ kind, order }, job) => {
    if (kind !== 'URGENT') return [];
    const onTime = isOnTime(order, run.completion[job]);
    return [
      {
        produto_id: order.product!,
        lead_time_h: hours(instantOf(run.completion[job]) - instantOf(order.created)),
        ...(onTime === undefined ? {} : { on_time: onTime }),
      },
    ];
  });
}
