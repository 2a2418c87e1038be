import { type History, NOT_STARTED, type Position, positionAt } from './history';
import { SurvivalCurve } from './survival-curve';

const DAY = 86_400;

/** How the past is looked at; the values come from the backtest (docs/eta.md). */
export interface ForecastSettings {
  /** An order without an event for this long is not looked at, seconds. */
  readonly dormantSeconds: number;
  /** Days between two looks into the past; whole weeks, so that every look is at today's day of the week. */
  readonly stepDays: number;
  /** How many looks. */
  readonly looks: number;
  /** A look this many days ago counts 1/e of one today. */
  readonly recencyDays: number;
  /** How alike age and stay must be, as a difference of their logarithms. */
  readonly ageBandwidth: number;
  readonly stayBandwidth: number;
  /** What an order of the same product, family, line, or of none of them counts. */
  readonly affinity: {
    readonly product: number;
    readonly family: number;
    readonly line: number;
    readonly other: number;
  };
  /** Comparable cases that an estimate needs, as an effective number (n when n count alike). */
  readonly minimumCases: number;
}

export const FORECAST_SETTINGS: Omit<ForecastSettings, 'dormantSeconds'> = {
  stepDays: 14,
  looks: 26,
  recencyDays: 400,
  ageBandwidth: 0.6,
  stayBandwidth: 1,
  affinity: { product: 8, family: 3, line: 1.5, other: 0.3 },
  minimumCases: 20,
};

/** How far an estimate had to look: similar age and stay, less similar, any in the phase, any order in work. */
export const BACK_OFF_LEVELS = ['NEAR', 'WIDE', 'PHASE', 'ANY'] as const;
export type BackOffLevel = (typeof BACK_OFF_LEVELS)[number];

/** When an order will be finished, counted from the moment of the forecast. */
export interface Forecast {
  readonly remaining: SurvivalCurve;
  readonly level: BackOffLevel;
  /** Effective number of the finished cases behind it: n when n of them count alike. */
  readonly cases: number;
}

/** Orders seen in one phase at past moments, and how long each took from there; by increasing duration. */
interface Group {
  readonly order: Int32Array;
  readonly logAge: Float64Array;
  readonly logStay: Float64Array;
  readonly duration: Float64Array;
  readonly ended: Uint8Array;
  readonly recency: Float64Array;
  readonly weight: Float64Array;
}

interface Case {
  order: number;
  logAge: number;
  logStay: number;
  duration: number;
  ended: boolean;
  recency: number;
}

/**
 * Estimates the time to the finish from orders that stood in the same place before: at looks every two weeks back from
 * `moment`, each active order with the phase it stood in, its age and how long nothing had happened, and the time it
 * then took, as far as known at `moment`.
 */
export class Forecaster {
  private readonly groups = new Map<number, Group>();
  private readonly inWork: Group;

  /** @param moment seconds since 1970; nothing recorded at or after it is used */
  constructor(
    private readonly history: History,
    private readonly moment: number,
    private readonly settings: ForecastSettings,
  ) {
    const cases = pastCases(history, moment, settings);
    for (const [phase, found] of cases) this.groups.set(phase, groupOf(found));
    const started = [...cases].filter(([phase]) => phase !== NOT_STARTED).flatMap(([, found]) => found);
    this.inWork = groupOf(started);
  }

  /** The forecast for an order at its position, undefined when the past holds nothing to compare it with. */
  forecast(order: number, position: Position): Forecast | undefined {
    const { settings } = this;
    const group = this.groups.get(position.phase);
    if (group !== undefined) {
      for (const [level, factor] of [
        ['NEAR', 1],
        ['WIDE', 3],
      ] as const) {
        const cases = this.weigh(group, order, position, factor);
        if (cases >= settings.minimumCases) return { remaining: curveOf(group), level, cases };
      }
      const cases = this.weigh(group, order, position, Infinity);
      if (cases >= settings.minimumCases || (cases > 0 && position.phase === NOT_STARTED)) {
        return { remaining: curveOf(group), level: 'PHASE', cases };
      }
    }
    const cases = this.weigh(this.inWork, order, position, Infinity);
    if (cases > 0) return { remaining: curveOf(this.inWork), level: 'ANY', cases };
    return undefined;
  }

  /** Sets what each case of a group counts for an order; returns the effective number of the finished ones. */
  private weigh(group: Group, order: number, position: Position, factor: number): number {
    const { history, settings, moment } = this;
    const logAge = logDays(moment - history.created[order]);
    const logStay = logDays(moment - position.lastEvent);
    const product = history.product[order];
    const family = history.family[order];
    const line = history.line[order];
    const perAge = 1 / (settings.ageBandwidth * factor);
    // Before the first phase, age and stay are one and the same.
    const perStay = position.phase === NOT_STARTED ? 0 : 1 / (settings.stayBandwidth * factor);
    let sum = 0;
    let squares = 0;
    for (let index = 0; index < group.order.length; index++) {
      const age = (group.logAge[index] - logAge) * perAge;
      const stay = (group.logStay[index] - logStay) * perStay;
      const distance = age * age + stay * stay;
      let weight = 0;
      if (distance <= 16) {
        const other = group.order[index];
        const affinity =
          product >= 0 && history.product[other] === product
            ? settings.affinity.product
            : family >= 0 && history.family[other] === family
              ? settings.affinity.family
              : line >= 0 && history.line[other] === line
                ? settings.affinity.line
                : settings.affinity.other;
        weight = affinity * group.recency[index] * Math.exp(-distance / 2);
        // Only what ended says when: what did not is seen, but is no case of its own.
        if (group.ended[index] === 1) {
          sum += weight;
          squares += weight * weight;
        }
      }
      group.weight[index] = weight;
    }
    return squares === 0 ? 0 : (sum * sum) / squares;
  }
}

/** Small stays differ in hours, long ones in weeks: a logarithm with a day added compares both. */
function logDays(seconds: number): number {
  return Math.log(seconds / DAY + 0.5);
}

function curveOf(group: Group): SurvivalCurve {
  return SurvivalCurve.of(group.duration, group.ended, group.weight);
}

/** What was seen at the looks, by phase. */
function pastCases(history: History, moment: number, settings: ForecastSettings): Map<number, Case[]> {
  const step = settings.stepDays * DAY;
  const cases = new Map<number, Case[]>();
  for (let order = 0; order < history.created.length; order++) {
    const created = history.created[order];
    // A finish that lies ahead of the moment is not known yet.
    const finished = history.finished[order] < moment ? history.finished[order] : NaN;
    // Orders that fell asleep say nothing about those that are worked on; mostly nobody closed them.
    if (Number.isNaN(finished) && positionAt(history, order, moment, settings.dormantSeconds) === undefined) continue;
    const earliest = Number.isNaN(finished) ? 1 : Math.ceil((moment - finished) / step);
    const latest = Math.min(settings.looks, Math.floor((moment - created) / step));
    for (let look = earliest; look <= latest; look++) {
      const seen = moment - look * step;
      const position = positionAt(history, order, seen, settings.dormantSeconds);
      if (position === undefined) continue;
      const ended = !Number.isNaN(finished);
      const duration = (ended ? finished : moment) - seen;
      if (duration <= 0) continue;
      let found = cases.get(position.phase);
      if (found === undefined) cases.set(position.phase, (found = []));
      found.push({
        order,
        logAge: logDays(seen - created),
        logStay: logDays(seen - position.lastEvent),
        duration,
        ended,
        recency: Math.exp((-look * settings.stepDays) / settings.recencyDays),
      });
    }
  }
  return cases;
}

function groupOf(cases: Case[]): Group {
  const sorted = [...cases].sort(
    (one, other) => one.duration - other.duration || Number(other.ended) - Number(one.ended) || one.order - other.order,
  );
  return {
    order: Int32Array.from(sorted, (each) => each.order),
    logAge: Float64Array.from(sorted, (each) => each.logAge),
    logStay: Float64Array.from(sorted, (each) => each.logStay),
    duration: Float64Array.from(sorted, (each) => each.duration),
    ended: Uint8Array.from(sorted, (each) => Number(each.ended)),
    recency: Float64Array.from(sorted, (each) => each.recency),
    weight: new Float64Array(sorted.length),
  };
}
