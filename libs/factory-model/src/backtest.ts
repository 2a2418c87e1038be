import { simulate } from '@libs/simulation';
import { buildModelUntil } from './build-model';
import type { FactoryData } from './factory-data';
import { isOnTime, rounded } from './figures';
import { durationsOf, planOf, type Plan } from './plan';
import { BASELINE } from './scenario';

const DAY = 86_400;
/** Moments of the past and how far each is followed, days. */
export const BACKTEST_DAYS = [90, 180, 270, 360] as const;
export const BACKTEST_WINDOW = 90;
/** Drawn runs of each moment, beside the one with medians. */
const DRAWN_RUNS = 8;
/** Executions that a phase type needs to be judged. */
const JUDGED_FROM = 20;
/** A phase type fails beyond this share of what really happened there. */
export const THROUGHPUT_TOLERANCE = 0.1;

export interface PhaseThroughput {
  readonly fase_id: number;
  readonly fase_nome: string;
  /** Executions recorded as ended in the window, returns left out. */
  readonly actual: number;
  readonly simulated: number;
  /** simulated / actual */
  readonly ratio: number;
}

/** What a simulation from a past moment came to, fed with the orders that really came. */
export interface BacktestResult {
  readonly days_ago: number;
  readonly window_days: number;
  /** Orders active at the moment, and those that came in the window. */
  readonly active_orders: number;
  readonly arrived_orders: number;
  readonly throughput: {
    readonly actual: number;
    readonly simulated: number;
    readonly ratio: number;
    /** Mean of runs with drawn durations and waits. */
    readonly drawn: number;
    readonly drawn_ratio: number;
    readonly within_tolerance: boolean;
  };
  /** Orders active then and finished by the end of the data: simulated finish − finish. */
  readonly lead_time: {
    readonly orders: number;
    readonly bias_days: number;
    readonly mean_absolute_error_days: number;
  };
  /** Orders finished in the window that have a due date. */
  readonly on_time: {
    readonly orders: number;
    readonly actual_pct: number;
    readonly simulated_pct: number;
    /** Mean of the runs with draws. */
    readonly drawn_pct: number;
    /** Orders whose verdict was another. */
    readonly wrong_pct: number;
  };
  readonly phases: readonly PhaseThroughput[];
  /** Phase types beyond ±10 %, of those with 20 executions. */
  readonly failing_phases: readonly string[];
}

/** Simulates from each moment that has a quarter of data before it, seeing only what had been recorded until then. */
export function backtestModel(data: FactoryData): BacktestResult[] {
  const first = data.history.created.reduce((least, each) => Math.min(least, each), Infinity);
  return BACKTEST_DAYS.filter((days) => data.end - days * DAY > first + BACKTEST_WINDOW * DAY).flatMap((days) => {
    const result = backtestAt(data, days);
    return result.active_orders + result.arrived_orders === 0 ? [] : [result];
  });
}

function backtestAt(data: FactoryData, days: number): BacktestResult {
  const { history } = data;
  const moment = data.end - days * DAY;
  const until = Math.min(data.end, moment + BACKTEST_WINDOW * DAY);
  const { model, arrived } = buildModelUntil(data, moment, until);
  const plan = planOf(model, BASELINE, arrived);
  const run = simulate(plan.instance, { rule: BASELINE.rule });
  const drawn = Array.from({ length: DRAWN_RUNS }, (_, number) => {
    const { durations, remaining } = durationsOf(model, BASELINE, plan, { seed: 1, number });
    return simulate(plan.instance, { rule: BASELINE.rule, durations, remaining }).completion;
  });
  const finishOf = new Map(data.orders.map(({ ofId }, order) => [ofId, history.finished[order]]));
  const finishedIn = (completion: Float64Array): number =>
    completion.reduce((count, finish) => count + Number(finish < until), 0);
  const actual = history.finished.reduce((count, finish) => count + Number(finish >= moment && finish < until), 0);
  const simulated = finishedIn(run.completion);
  const drawnMean = mean(drawn.map(finishedIn));
  const errors = plan.orders
    .slice(0, model.orders.length)
    .map(({ order }, job) => run.completion[job] - finishOf.get(order.ofId)!)
    .filter((error) => !Number.isNaN(error));
  const phases = phaseThroughput(data, plan, run.end, model.phases, moment, until);
  const ratio = actual === 0 ? 0 : rounded(simulated / actual);
  return {
    days_ago: days,
    window_days: BACKTEST_WINDOW,
    active_orders: model.orders.length,
    arrived_orders: arrived.length,
    throughput: {
      actual,
      simulated,
      ratio,
      drawn: rounded(drawnMean),
      drawn_ratio: actual === 0 ? 0 : rounded(drawnMean / actual),
      within_tolerance: isWithinTolerance(ratio),
    },
    lead_time: {
      orders: errors.length,
      bias_days: rounded(mean(errors) / DAY),
      mean_absolute_error_days: rounded(mean(errors.map(Math.abs)) / DAY),
    },
    on_time: onTimeOf(plan, run.completion, drawn, (ofId) => finishOf.get(ofId)!, until),
    phases,
    failing_phases: phases
      .filter((phase) => phase.actual >= JUDGED_FROM && !isWithinTolerance(phase.ratio))
      .map((phase) => phase.fase_nome),
  };
}

/** Rounded: in binary 1.1 is further from 1 than a tenth, and 0.9 is not. */
export function isWithinTolerance(ratio: number): boolean {
  return rounded(Math.abs(ratio - 1)) <= THROUGHPUT_TOLERANCE;
}

function onTimeOf(
  { orders }: Plan,
  completion: Float64Array,
  drawn: readonly Float64Array[],
  finishOf: (ofId: number) => number,
  until: number,
): BacktestResult['on_time'] {
  const judged = orders.flatMap(({ order }, job) =>
    order.due !== null && finishOf(order.ofId) < until ? [{ order, job, finish: finishOf(order.ofId) }] : [],
  );
  const share = (isCounted: (each: (typeof judged)[number]) => boolean): number =>
    judged.length === 0 ? 0 : (100 * judged.filter(isCounted).length) / judged.length;
  return {
    orders: judged.length,
    actual_pct: rounded(share(({ order, finish }) => isOnTime(order, finish)!)),
    simulated_pct: rounded(share(({ order, job }) => isOnTime(order, completion[job])!)),
    drawn_pct: rounded(mean(drawn.map((ends) => share(({ order, job }) => isOnTime(order, ends[job])!)))),
    wrong_pct: rounded(share(({ order, job, finish }) => isOnTime(order, finish) !== isOnTime(order, completion[job]))),
  };
}

function phaseThroughput(
  { history }: FactoryData,
  plan: Plan,
  ends: Float64Array,
  phases: readonly { id: number; name: string }[],
  moment: number,
  until: number,
): PhaseThroughput[] {
  const actual = new Map<number, number>();
  for (let index = 0; index < history.phaseType.length; index++) {
    const end = history.phaseEnd[index];
    if (!(end >= moment && end < until) || history.phaseReturn[index] === 1) continue;
    const type = history.phaseType[index];
    actual.set(type, (actual.get(type) ?? 0) + 1);
  }
  const simulated = new Array<number>(phases.length).fill(0);
  plan.operationPhase.forEach((phase, operation) => {
    if (phase >= 0 && ends[operation] < until) simulated[phase]++;
  });
  return phases.flatMap(({ id, name }, phase) => {
    const seen = actual.get(id) ?? 0;
    // No order goes through it: it comes after the finish, or is part of the wait for release.
    if (simulated[phase] === 0) return [];
    const ratio = seen === 0 ? 0 : rounded(simulated[phase] / seen);
    return [{ fase_id: id, fase_nome: name, actual: seen, simulated: simulated[phase], ratio }];
  });
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}
