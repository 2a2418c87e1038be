import { SimulationError } from './simulation-error';

/**
 * [from, until), sorted, without overlap; they may touch. Operations start inside only, and pause over what lies between
 * (preempt-resume). After the last one the resource is closed for good; until: Infinity keeps it open.
 */
export interface WorkingInterval {
  from: number;
  until: number;
  /** Multiplies the resource's speed; default 1. */
  speed?: number;
  /**
   * Servers in this interval instead of the resource's capacity. Where it is less than what is in process, that goes on and
   * nothing new starts until there is room.
   */
  capacity?: number;
}

/** [from, until) */
export interface UnavailableWindow {
  from: number;
  until: number;
}

/** Open intervals in order. Work is counted from the first one's beginning. */
export interface CompiledCalendar {
  readonly count: number;
  readonly from: Float64Array;
  readonly until: Float64Array;
  readonly speed: Float64Array;
  /** servers; -1: the resource's own capacity */
  readonly capacity: Int32Array;
  /** work that lies before the interval */
  readonly workBefore: Float64Array;
  /** whether an interval has a capacity of its own */
  readonly variesCapacity: boolean;
}

/**
 * What should be whole is so within this: quotients of a duration and a speed, and sums of work over the intervals before, which
 * after years of minutes at uneven speeds are off by more than a quotient is. It holds for up to 10^9 units of time, and keeps
 * speeds of up to five digits apart.
 */
export const ROUNDING = 1e-6;

/** Later than every moment. */
export const NEVER = Infinity;

/**
 * @param since what ends before this moment is left out
 * @param place of the calendar in the specification, for errors
 * @throws SimulationError when intervals are empty, overlap or are out of order
 */
export function compileCalendar(
  intervals: readonly WorkingInterval[] | undefined,
  unavailable: readonly UnavailableWindow[],
  since: number,
  place: string,
): CompiledCalendar {
  const open = cutOut(checked(intervals ?? [{ from: -Infinity, until: Infinity }], place), unavailable, place)
    .filter(({ until }) => until > since)
    .map((interval) => ({ ...interval, from: Math.max(interval.from, since) }));
  const count = open.length;
  const calendar = {
    count,
    from: Float64Array.from(open, ({ from }) => from),
    until: Float64Array.from(open, ({ until }) => until),
    speed: Float64Array.from(open, ({ speed }) => speed ?? 1),
    capacity: Int32Array.from(open, ({ capacity }) => capacity ?? -1),
    workBefore: new Float64Array(count),
    variesCapacity: open.some(({ capacity }) => capacity !== undefined),
  };
  for (let i = 1; i < count; i += 1) {
    calendar.workBefore[i] =
      calendar.workBefore[i - 1] + (calendar.until[i - 1] - calendar.from[i - 1]) * calendar.speed[i - 1];
  }
  return calendar;
}

function checked(intervals: readonly WorkingInterval[], place: string): readonly WorkingInterval[] {
  intervals.forEach(({ from, until, speed = 1, capacity = 0 }, i) => {
    const at = `${place}.calendar[${i}]`;
    if (!isMoment(from) || !isMoment(until) || !(from < until)) {
      throw input(`The interval from ${from} until ${until} is empty or no whole numbers.`, at, 'Give from < until.');
    }
    if (i > 0 && from < intervals[i - 1].until) {
      throw input(`The interval from ${from} begins before the one before it ends.`, at, 'Sort and join intervals.');
    }
    if (!(speed > 0 && speed < Infinity)) {
      throw input(`Speed ${speed} is not above 0.`, at, 'Leave closed time out of the calendar.');
    }
    if (!Number.isInteger(capacity) || capacity < 0) {
      throw input(`Capacity ${capacity} is no whole number from 0.`, at, 'Give the number of servers.');
    }
  });
  return intervals;
}

function cutOut(
  intervals: readonly WorkingInterval[],
  windows: readonly UnavailableWindow[],
  place: string,
): readonly WorkingInterval[] {
  let open = intervals;
  windows.forEach(({ from, until }, i) => {
    if (!isMoment(from) || !isMoment(until) || !(from < until)) {
      const message = `The window from ${from} until ${until} is empty or no whole numbers.`;
      throw input(message, `${place}.unavailable[${i}]`, 'Give from < until.');
    }
    open = open.flatMap((interval) => {
      if (interval.until <= from || until <= interval.from) return [interval];
      const pieces: WorkingInterval[] = [];
      if (interval.from < from) pieces.push({ ...interval, until: from });
      if (until < interval.until) pieces.push({ ...interval, from: until });
      return pieces;
    });
  });
  return open;
}

function isMoment(value: number): boolean {
  return Number.isSafeInteger(value) || value === Infinity || value === -Infinity;
}

function input(message: string, place: string, remedy: string): SimulationError {
  return new SimulationError('SIMULATION_INPUT', message, place, remedy);
}

/** The first interval that ends after a moment, at or after `cursor`; count when there is none. */
export function intervalAt(calendar: CompiledCalendar, cursor: number, moment: number): number {
  const { until, count } = calendar;
  let at = cursor;
  while (at < count && until[at] <= moment) at += 1;
  return at;
}

/**
 * When work begun at a moment is done, over as many intervals as it takes.
 *
 * @param interval intervalAt(calendar, …, moment)
 * @returns NEVER when the calendar ends before
 */
export function finishOf(calendar: CompiledCalendar, interval: number, moment: number, work: number): number {
  const { count, from, until, speed, workBefore } = calendar;
  if (work === 0) return moment;
  if (interval >= count) return NEVER;
  const begin = moment > from[interval] ? moment : from[interval];
  // Compared in whole units of time: work that takes exactly what is left here may be above it by a rounding.
  const here = Math.ceil(work / speed[interval] - ROUNDING);
  if (here <= until[interval] - begin) return begin + here;
  // Later intervals by bisection: the last one with less work before it than is needed.
  const target = workBefore[interval] + (begin - from[interval]) * speed[interval] + work;
  let low = interval;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (workBefore[middle] < target) low = middle;
    else high = middle - 1;
  }
  const rest = Math.ceil((target - workBefore[low]) / speed[low] - ROUNDING);
  // By a rounding alone it would begin here: it was done when the interval before ended.
  if (rest <= 0) return until[low - 1];
  if (rest <= until[low] - from[low]) return from[low] + rest;
  return low < count - 1 ? until[low] : NEVER;
}

/** Work that a calendar holds between two moments. */
export function workBetween(calendar: CompiledCalendar, from: number, until: number): number {
  let work = 0;
  for (let i = intervalAt(calendar, 0, from); i < calendar.count && calendar.from[i] < until; i += 1) {
    work += (Math.min(until, calendar.until[i]) - Math.max(from, calendar.from[i])) * calendar.speed[i];
  }
  return work;
}

/** Open time before any moment, by bisection; open time between two moments is the difference. */
export function openTimeBefore({ count, from, until }: CompiledCalendar): (moment: number) => number {
  const before = new Float64Array(count);
  for (let i = 1; i < count; i += 1) before[i] = before[i - 1] + (until[i - 1] - from[i - 1]);
  return (moment) => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (from[middle] < moment) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return 0;
    return before[low - 1] + Math.min(moment, until[low - 1]) - from[low - 1];
  };
}
