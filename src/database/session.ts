import pg from 'pg';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/** An int8 as a number; one beyond 2^53 is an error, since it would silently become another number. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The bigint ${text} does not fit a number.`);
  return value;
}

const parseAny = pg.types.getTypeParser(TIMESTAMPTZ, 'text') as (text: string) => Date;
const PLACES_OF_SECONDS = '2025-12-11 12:50:00'.length;

/**
 * A timestamptz as a session in UTC writes it (2025-12-11 12:50:00.123456+00), of which an answer may hold a thousand: the
 * driver's own pattern takes ten times as long. Milliseconds are kept, as the driver keeps them. Whatever is written otherwise (infinity,
 * years before 1 or after 9999, another zone) is left to the driver.
 */
export function parseTimestamp(text: string): Date {
  const zone = text.length - 3;
  const isUsual = zone >= PLACES_OF_SECONDS && text.charCodeAt(4) === DASH && text.endsWith('+00');
  if (!isUsual) return parseAny(text);
  let milliseconds = 0;
  for (let place = 20, unit = 100; place < 23; place += 1, unit /= 10) {
    if (place < zone) milliseconds += digit(text, place) * unit;
  }
  const year = two(text, 0) * 100 + two(text, 2);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  if (year < 100) return parseAny(text);
  return new Date(
    Date.UTC(year, two(text, 5) - 1, two(text, 8), two(text, 11), two(text, 14), two(text, 17), milliseconds),
  );
}

const DASH = 45;
const ZERO = 48;
const digit = (text: string, place: number): number => text.charCodeAt(place) - ZERO;
const two = (text: string, place: number): number => digit(text, place) * 10 + digit(text, place + 1);

// Global to node-postgres, so worker threads and tests that load this module read rows the same way.
pg.types.setTypeParser(INT8, parseInt8);
pg.types.setTypeParser(TIMESTAMPTZ, parseTimestamp);
// A calendar day has no instant: node-postgres would make it midnight in the zone of the machine.
pg.types.setTypeParser(DATE, (text: string) => text);

/**
 * The URL with the session settings every connection of the product has: UTC (instants are shown in factory time by
 * the code that shows them, never by the session) and a name to find it by in pg_stat_activity.
 */
export function sessionUrl(url: string, applicationName: string): string {
  const parsed = new URL(url);
  const options = parsed.searchParams.get('options');
  parsed.searchParams.set('options', [options, '-c TimeZone=UTC'].filter(Boolean).join(' '));
  if (!parsed.searchParams.has('application_name')) parsed.searchParams.set('application_name', applicationName);
  return parsed.toString();
}
