import pg from 'pg';

const INT8 = 20;
const DATE = 1082;

/** An int8 as a number; one beyond 2^53 is an error, since it would silently become another number. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The bigint ${text} does not fit a number.`);
  return value;
}

// Global to node-postgres, so worker threads and tests that load this module read rows the same way.
pg.types.setTypeParser(INT8, parseInt8);
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
