const NUMBER = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?$/;
const ISO =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const DAY_FIRST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?$/;

/** Whether a text stands for null: blank, or the literal NULL in any case. */
export function isNullText(text: string): boolean {
  if (text === 'NULL' || text === '') return true;
  const trimmed = text.trim();
  return trimmed === '' || trimmed.toUpperCase() === 'NULL';
}

/**
 * A number written as text. A lone comma or dot is the decimal mark; anything with both, or with one of them twice, is
 * ambiguous and refused.
 *
 * @returns the number, or undefined where the text is none (NaN and infinities included)
 */
export function parseNumberText(text: string): number | undefined {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) return undefined;
  const value = Number(trimmed.replace(',', '.'));
  return Number.isFinite(value) ? value : undefined;
}

/** A date as text: wall-clock seconds, or an instant in seconds where the text names its own offset. */
export type DateText = { readonly wall: number } | { readonly instant: number };

/**
 * A date written as text: ISO (`2021-05-18`, `2021-05-18T13:27:00`, with or without offset) or day first
 * (`18/05/2021 13:27`), rounded to the second.
 *
 * @returns undefined where the text is no date of the calendar (31/02, hour 25) or has a two-digit year
 */
export function parseDateText(text: string): DateText | undefined {
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed);
  if (iso) {
    const [, year, month, day, hour, minute, second, fraction, offset] = iso;
    const wall = wallSeconds(year, month, day, hour, minute, second, fraction);
    if (wall === undefined) return undefined;
    if (offset === undefined) return { wall };
    if (hour === undefined) return undefined;
    if (offset === 'Z') return { instant: wall };
    const digits = offset.slice(1).replace(':', '');
    const size = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
    return { instant: offset.startsWith('-') ? wall + size : wall - size };
  }
  const dayFirst = DAY_FIRST.exec(trimmed);
  if (!dayFirst) return undefined;
  const [, day, month, year, hour, minute, second, fraction] = dayFirst;
  const wall = wallSeconds(year, month, day, hour, minute, second, fraction);
  return wall === undefined ? undefined : { wall };
}

function wallSeconds(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  hour = '0',
  minute = '0',
  second = '0',
  fraction = '0',
): number | undefined {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (h > 23 || m > 59 || s > 59) return undefined;
  const at = new Date(0);
  at.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // A day that the month has not, from 00 to 99, lies in another.
  if (at.getUTCMonth() !== Number(month) - 1) return undefined;
  return at.getTime() / 1000 + h * 3600 + m * 60 + s + Math.round(Number(`0.${fraction}`));
}
