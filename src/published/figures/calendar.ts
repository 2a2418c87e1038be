import type { FactoryTime } from '../../common/factory-time';

/** The last day that four digits of a year can tell; no window reaches beyond it. */
const LAST_DAY = '9999-12-31';

/** The day after a day of the factory (2025-12-11). */
export function dayAfter(day: string): string {
  return isoDay(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
}

/** The first of the month after that of a day. */
export function monthAfter(day: string): string {
  const [year, month] = day.split('-').map(Number);
  return isoDay(Date.UTC(year, month, 1));
}

/** The first of the month of a day. */
export function monthOf(day: string): string {
  return `${day.slice(0, 8)}01`;
}

/** The first day that begins at an instant or after it. */
export function dayFrom(instant: Date, time: FactoryTime): string {
  const day = time.dayOf(instant);
  return time.parse(day).getTime() === instant.getTime() ? day : dayAfter(day);
}

/** The first month that begins with a day or after it. */
export function monthFrom(day: string): string {
  return day.endsWith('-01') ? day : monthAfter(day);
}

/** From the first to behind the last month that has all its days from one day up to and without another; twice the latter where none has. */
export function monthsBetween(firstDay: string, endDay: string): [string, string] {
  const first = monthFrom(firstDay);
  const end = monthOf(endDay);
  return first < end ? [first, end] : [endDay, endDay];
}

function isoDay(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString();
  // Years of five digits come with a sign.
  return text.startsWith('+') ? LAST_DAY : text.slice(0, 10);
}
