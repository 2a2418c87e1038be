import { CREATED_BY_MONTH, CREATED_BY_WEEKDAY } from './factory-tables';
import { mix } from '@libs/random';

export const MINUTES_PER_DAY = 1440;

/** Days since 1970-01-01 of a date of the Gregorian calendar (months from 1, overflow allowed). */
export function dayNumber(year: number, month: number, day: number): number {
  const y = year + Math.floor((month - 1) / 12);
  const m = ((((month - 1) % 12) + 12) % 12) + 1;
  // Years are counted from March, so that the leap day is a year's last (Howard Hinnant, days_from_civil).
  const fromMarch = m > 2 ? y : y - 1;
  const era = Math.floor(fromMarch / 400);
  const yearOfEra = fromMarch - era * 400;
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The year and month (from 1) and day of a day number. */
export function civilDate(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
  };
}

/** 0 = Sunday. */
export function weekday(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

/** `2024-06-24T08:00:00` and `24/06/2024 08:00`. */
export function isoText(minute: number): string {
  const { year, month, day, hours, minutes } = parts(minute);
  return `${year}-${two(month)}-${two(day)}T${two(hours)}:${two(minutes)}:00`;
}

/** `18/05/2021 13:27`. @param minute of the factory's wall clock since 1970 */
export function dayFirstText(minute: number): string {
  const { year, month, day, hours, minutes } = parts(minute);
  return `${two(day)}/${two(month)}/${year} ${two(hours)}:${two(minutes)}`;
}

function parts(minute: number): { year: number; month: number; day: number; hours: number; minutes: number } {
  const days = Math.floor(minute / MINUTES_PER_DAY);
  const rest = minute - days * MINUTES_PER_DAY;
  return { ...civilDate(days), hours: Math.floor(rest / 60), minutes: rest % 60 };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/**
 * The factory's days. Two scales over one span: how many of the orders are created on each day, and working time, a clock that stands still
 * while nobody works: Monday to Friday 8-17, one day in eight 7-19, one Saturday in three 8-13, four holidays a year.
 */
export class FactoryCalendar {
  readonly firstDay: number;
  private readonly opening: Uint16Array;
  /** Working minutes before each day. */
  private readonly worked: Uint32Array;
  /** Creation weight before each day. */
  private readonly created: Float64Array;

  constructor(
    seed: number,
    readonly endMinute: number,
  ) {
    const lastDay = Math.floor(endMinute / MINUTES_PER_DAY);
    const { year, month } = civilDate(lastDay);
    this.firstDay = dayNumber(year, month - CREATED_BY_MONTH.length + 1, 1);
    const days = lastDay - this.firstDay + 1;
    this.opening = new Uint16Array(days);
    this.worked = new Uint32Array(days + 1);
    this.created = new Float64Array(days + 1);
    for (let index = 0; index < days; index++) {
      const [open, close] = workingHours(seed, this.firstDay + index);
      this.opening[index] = open;
      this.worked[index + 1] = this.worked[index] + close - open;
    }
    for (let position = 0; position < CREATED_BY_MONTH.length; position++) {
      this.fillMonth(position, year, month - CREATED_BY_MONTH.length + 1 + position, days);
    }
  }

  /** The day on which order `index` of `count` is created: the month's share, then the weekday's. */
  creationDay(index: number, count: number): number {
    const total = this.created[this.created.length - 1];
    let lo = 0;
    let hi = this.created.length - 2;
    while (lo < hi) {
      const middle = (lo + hi) >>> 1;
      if (Math.floor((this.created[middle + 1] * count) / total) > index) hi = middle;
      else lo = middle + 1;
    }
    return this.firstDay + lo;
  }

  /** Working minutes from the first day to a moment. */
  toWork(minute: number): number {
    const day = Math.floor(minute / MINUTES_PER_DAY);
    const index = day - this.firstDay;
    if (index < 0) return 0;
    if (index >= this.opening.length) return this.worked[this.opening.length];
    const length = this.worked[index + 1] - this.worked[index];
    const since = minute - day * MINUTES_PER_DAY - this.opening[index];
    return this.worked[index] + Math.max(0, Math.min(length, since));
  }

  /** The first moment with that many working minutes before it and work after it. */
  fromWork(work: number): number {
    let lo = 0;
    let hi = this.opening.length - 1;
    while (lo < hi) {
      const middle = (lo + hi) >>> 1;
      if (this.worked[middle + 1] > work) hi = middle;
      else lo = middle + 1;
    }
    return (this.firstDay + lo) * MINUTES_PER_DAY + this.opening[lo] + Math.max(0, work - this.worked[lo]);
  }

  private fillMonth(position: number, year: number, month: number, days: number): void {
    const from = dayNumber(year, month, 1) - this.firstDay;
    const to = Math.min(days, dayNumber(year, month + 1, 1) - this.firstDay);
    let sum = 0;
    for (let index = from; index < to; index++) sum += CREATED_BY_WEEKDAY[weekday(this.firstDay + index)];
    for (let index = from; index < to; index++) {
      const share = Math.floor(
        (CREATED_BY_MONTH[position] * 1_000_000 * CREATED_BY_WEEKDAY[weekday(this.firstDay + index)]) / sum,
      );
      this.created[index + 1] = this.created[index] + share;
    }
  }
}

function workingHours(seed: number, day: number): [open: number, close: number] {
  const { month, day: dayOfMonth } = civilDate(day);
  const holiday = [101, 425, 501, 1225].includes(month * 100 + dayOfMonth);
  const name = weekday(day);
  const chance = mix(mix(0x510e527f, seed % 0x100000000), day);
  if (holiday || name === 0) return [480, 480];
  if (name === 6) return chance % 3 === 0 ? [480, 780] : [480, 480];
  return chance % 8 === 0 ? [420, 1140] : [480, 1020];
}
