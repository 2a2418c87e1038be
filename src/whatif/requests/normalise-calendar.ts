import type { Catalogue } from './catalogue';
import { dayOf, isGiven, listOf, minuteOf, numberOf, objectOf, onlyKnown, refuse } from './fields';
import type { NormalRequest } from './normal-request';

/** Shifts that a request may come to, weekly ones written out. */
const MOST_SHIFTS = 1000;
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;
const WEEKS = 26;

/**
 * Changes of the calendar: `closed_days` on which nobody works, and `extra_shifts`, each once (`from`, `to`) or every week
 * (`weekday` 1 = Monday … 7, `from` and `to` as times of day) for `weeks` weeks, everywhere or in `fases`.
 */
export function calendarOf(value: unknown, catalogue: Catalogue): Pick<NormalRequest, 'closed_days' | 'extra_shifts'> {
  const form = objectOf('calendar', value);
  onlyKnown('calendar', form, ['closed_days', 'extra_shifts']);
  const closed = listOf(form['closed_days']).map((day) => dayOf('calendar.closed_days', day));
  if (closed.length > MOST_DAYS) refuse('calendar.closed_days', closed.length, `give at most ${MOST_DAYS} days`);
  const shifts = listOf(form['extra_shifts']).flatMap((shift, index) =>
    shiftOf(`calendar.extra_shifts[${index}]`, shift, catalogue),
  );
  if (shifts.length > MOST_SHIFTS) {
    refuse('calendar.extra_shifts', shifts.length, `they must come to at most ${MOST_SHIFTS} shifts`);
  }
  return {
    closed_days: [...new Set(closed)].sort(),
    extra_shifts: shifts.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)),
  };
}

function shiftOf(field: string, value: unknown, catalogue: Catalogue): NormalRequest['extra_shifts'] {
  const form = objectOf(field, value);
  onlyKnown(field, form, ['from', 'to', 'weekday', 'weeks', 'fases']);
  const fases = listOf(form['fases']).map((each) => catalogue.phase(`${field}.fases`, each).id);
  const only = fases.length === 0 ? {} : { fases: [...new Set(fases)].sort((one, other) => one - other) };
  if (!isGiven(form['weekday'])) {
    const from = minuteOf(`${field}.from`, form['from']);
    const to = minuteOf(`${field}.to`, form['to']);
    if (to <= from) refuse(`${field}.to`, to, `it must lie after from (${from})`);
    return [{ from, to, ...only }];
  }
  const weekday = numberOf(`${field}.weekday`, form['weekday'], { from: 1, to: 7, whole: true });
  const weeks = isGiven(form['weeks'])
    ? numberOf(`${field}.weeks`, form['weeks'], { from: 1, to: 104, whole: true })
    : WEEKS;
  const from = timeOf(`${field}.from`, form['from']);
  const to = timeOf(`${field}.to`, form['to']);
  if (to <= from) refuse(`${field}.to`, to, `it must lie after from (${from}), on the same day`);
  const today = new Date(Math.floor((catalogue.model.start * 1000) / DAY_MS) * DAY_MS);
  const first = (weekday - (today.getUTCDay() || 7) + 7) % 7;
  return Array.from({ length: weeks }, (_, week) => {
    const day = new Date(today.getTime() + (first + 7 * week) * DAY_MS).toISOString().slice(0, 10);
    return { from: `${day}T${from}`, to: `${day}T${to}`, ...only };
  });
}

function timeOf(field: string, value: unknown): string {
  if (typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return value;
  return refuse(field, value, 'it must be a time of day such as 08:00');
}
