import { types } from 'node:util';

/** What a failed connection looks like from the outside: node's errno or PostgreSQL's SQLSTATE. */
const CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ENOENT',
  '53300', // too_many_connections
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
]);

/** A schema that is being changed, or is not this build's: no such table, column or schema. */
const SCHEMA_CODES = new Set(['42P01', '42703', '3F000']);
/** What gave way to another transaction, such as a migration's, and may simply be asked again. */
const CONTENTION_CODES = new Set(['40001', '40P01', '55P03']);
/** No room: the disk's, the quota's, the database's disk. */
const FULL_CODES = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** What node-postgres says when a statement was sent and nothing came back in time. */
const SILENCE = 'Query read timeout';
/** node-postgres throws plain errors without a code for these (pg 8.23, pg-pool 3). */
const MESSAGES =
  /^(Query read timeout|Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Cannot use a pool after calling end)/;

/**
 * Whether an error says that the database cannot be reached, as against having refused a statement. TypeORM wraps the
 * driver's error, and a host with two addresses fails with an AggregateError: both are looked into.
 */
export function isDatabaseUnreachable(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  const { code, syscall, driverError } = error as { code?: unknown; syscall?: unknown; driverError?: unknown };
  if (typeof code === 'string' && (CODES.has(code) || code.startsWith('08'))) {
    // ENOENT is also what a missing file says: only a socket's counts.
    return code !== 'ENOENT' || syscall === 'connect';
  }
  if (MESSAGES.test(error.message)) return true;
  return isDatabaseUnreachable(driverError) || isDatabaseUnreachable(error.cause);
}

/** Whether the database is there and a statement failed for what is going on there: a migration, or a deadlock with one. */
export function isDatabaseInMotion(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return SCHEMA_CODES.has(code) || CONTENTION_CODES.has(code) || isStalePlan(error);
}

/** Which disk is full according to an error: that of DATA_DIR, or the database's; undefined where it says no such thing. */
export function fullDisk(error: unknown): 'files' | 'database' | undefined {
  const code = codeOf(error);
  if (code === undefined || !FULL_CODES.has(code)) return undefined;
  return code === '53100' ? 'database' : 'files';
}

/** Whether a server said nothing for as long as it was given: a route that drops what is sent looks so. */
export function isSilence(error: unknown): boolean {
  return types.isNativeError(error) && error.message === SILENCE;
}

/** Whether a connection holds a plan that a change of the schema has made useless: it fails until the connection ends. */
export function isStalePlan(error: unknown): boolean {
  return codeOf(error) === '0A000' && types.isNativeError(error) && error.message.startsWith('cached plan');
}

/** The first code of an error, of what TypeORM wrapped, or of its cause. */
function codeOf(error: unknown): string | undefined {
  if (!types.isNativeError(error)) return undefined;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (typeof code === 'string') return code;
  return codeOf(driverError) ?? codeOf(error.cause);
}
