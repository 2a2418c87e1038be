/** Hours of a week, from Monday 00:00 of the factory's wall clock. */
export const WEEK_HOURS = 168;

const HOUR = 3_600;
const DAY = 86_400;
const WEEK = 7 * DAY;
/** The epoch was a Thursday: its week began three days before. */
const WEEK_OFFSET = 3 * DAY;

/** How the hours were told apart: each by itself, by day and by hour where there is too little, or not at all. */
export const CALENDAR_BASES = ['HOUR_OF_WEEK', 'DAY_AND_HOUR', 'ALWAYS'] as const;
export type CalendarBasis = (typeof CALENDAR_BASES)[number];

/** When the factory works, derived from when it recorded anything. */
export interface WeekCalendar {
  readonly basis: CalendarBasis;
  /** 168 entries from Monday 00:00: 1 where it works. */
  readonly open: readonly number[];
  /** Share of the weeks in which something was recorded in that hour, 0..1. */
  readonly share: readonly number[];
  /** Weeks that were looked at: those with any record. */
  readonly weeks: number;
}

/** An hour works when it is used at least half as often as the busy hours. */
const OPEN_SHARE = 0.5;
/** Busy hours must be used in half of the weeks, or single hours say nothing. */
const ENOUGH_SHARE = 0.5;
/** Of the fullest day or hour of the day: below, it is an exception. */
const SPARSE_SHARE = 0.25;

/**
 * The working hours of a week, from the moments at which work began or ended.
 *
 * An hour counts by the weeks in which it was used, not by how much was recorded in it: the pile of records at the
 * opening of a shift, or of one hectic Saturday, moves nothing.
 *
 * @param moments wall-clock seconds, in any order
 */
export function deriveWeekCalendar(moments: Iterable<number>): WeekCalendar {
  const used = new Set<number>();
  for (const moment of moments) used.add(Math.floor((moment + WEEK_OFFSET) / HOUR));
  const weeks = new Set<number>();
  const counts = new Array<number>(WEEK_HOURS).fill(0);
  for (const hour of used) {
    weeks.add(Math.floor(hour / WEEK_HOURS));
    counts[hour % WEEK_HOURS]++;
  }
  const share = counts.map((count) => (weeks.size === 0 ? 0 : count / weeks.size));
  const busy = [...share].sort((one, other) => one - other)[Math.floor(WEEK_HOURS * 0.9)];
  if (weeks.size === 0) return { basis: 'ALWAYS', open: share.map(() => 1), share, weeks: 0 };
  if (busy >= ENOUGH_SHARE) {
    const open = share.map((each) => Number(each >= OPEN_SHARE * busy));
    return { basis: 'HOUR_OF_WEEK', open, share, weeks: weeks.size };
  }
  const byDay = sums(share, 7, (hour) => Math.floor(hour / 24));
  const byHour = sums(share, 24, (hour) => hour % 24);
  const open = share.map((_, hour) =>
    Number(
      byDay[Math.floor(hour / 24)] >= SPARSE_SHARE * Math.max(...byDay) &&
        byHour[hour % 24] >= SPARSE_SHARE * Math.max(...byHour),
    ),
  );
  return { basis: 'DAY_AND_HOUR', open, share, weeks: weeks.size };
}

function sums(values: readonly number[], groups: number, groupOf: (index: number) => number): number[] {
  const result = new Array<number>(groups).fill(0);
  values.forEach((value, index) => (result[groupOf(index)] += value));
  return result;
}

/** Converts between wall-clock time and working time: seconds during which the factory is open. */
export class WorkClock {
  private readonly before: Float64Array;
  private readonly perWeek: number;

  constructor(private readonly open: readonly number[]) {
    this.before = new Float64Array(WEEK_HOURS + 1);
    for (let hour = 0; hour < WEEK_HOURS; hour++) this.before[hour + 1] = this.before[hour] + open[hour] * HOUR;
    this.perWeek = this.before[WEEK_HOURS];
  }

  /** Working seconds between two wall-clock moments; negative when `until` is the earlier one. */
  between(from: number, until: number): number {
    return this.reading(until) - this.reading(from);
  }

  private reading(moment: number): number {
    const shifted = moment + WEEK_OFFSET;
    const week = Math.floor(shifted / WEEK);
    const inWeek = shifted - week * WEEK;
    const hour = Math.floor(inWeek / HOUR);
    return week * this.perWeek + this.before[hour] + this.open[hour] * (inWeek - hour * HOUR);
  }
}

function mod(value: number, by: number): number {
  return value - Math.floor(value / by) * by;
}

/** [from, until) in wall-clock seconds. */
export interface OpenInterval {
  readonly from: number;
  readonly until: number;
}

/** What differs from the usual week: whole days on which nobody works, and hours worked beside it. */
export interface CalendarChanges {
  readonly closed: readonly OpenInterval[];
  readonly extra: readonly OpenInterval[];
}

/** The working intervals of a calendar from one moment to another, joined where they touch; extra wins over closed. */
export function openIntervals(
  open: readonly number[],
  from: number,
  until: number,
  changes: CalendarChanges = { closed: [], extra: [] },
): OpenInterval[] {
  const usual: OpenInterval[] = [];
  const firstHour = Math.floor((from + WEEK_OFFSET) / HOUR);
  const lastHour = Math.ceil((until + WEEK_OFFSET) / HOUR);
  for (let hour = firstHour; hour < lastHour; hour++) {
    if (open[mod(hour, WEEK_HOURS)] === 0) continue;
    const begin = hour * HOUR - WEEK_OFFSET;
    const last = usual.at(-1);
    if (last?.until === begin) usual[usual.length - 1] = { from: last.from, until: begin + HOUR };
    else usual.push({ from: begin, until: begin + HOUR });
  }
  const cut = changes.closed.reduce((left, closed) => left.flatMap((each) => without(each, closed)), usual);
  return joined([...cut, ...changes.extra]).flatMap((each) => within(each, from, until));
}

function without(interval: OpenInterval, gap: OpenInterval): OpenInterval[] {
  if (gap.until <= interval.from || gap.from >= interval.until) return [interval];
  return [
    ...(gap.from > interval.from ? [{ from: interval.from, until: gap.from }] : []),
    ...(gap.until < interval.until ? [{ from: gap.until, until: interval.until }] : []),
  ];
}

function within({ from, until }: OpenInterval, first: number, last: number): OpenInterval[] {
  const cut = { from: Math.max(from, first), until: Math.min(until, last) };
  return cut.from < cut.until ? [cut] : [];
}

function joined(intervals: readonly OpenInterval[]): OpenInterval[] {
  const result: OpenInterval[] = [];
  for (const each of [...intervals].sort((one, other) => one.from - other.from)) {
    const last = result.at(-1);
    if (last !== undefined && each.from <= last.until) {
      result[result.length - 1] = { from: last.from, until: Math.max(last.until, each.until) };
    } else result.push(each);
  }
  return result;
}
