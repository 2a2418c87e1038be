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

/** node-postgres throws plain errors without a code for these (pg 8.23, pg-pool 3). */
const MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Cannot use a pool after calling end)/;

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
