/**
 * Loaded before the product (`node -r`) in the one process that captures: tells its parent, request by request, which
 * statements were sent to PostgreSQL for it. The processes that are measured run without it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Server, type IncomingMessage, type ServerResponse } from 'node:http';
import { Client } from 'pg';
import type { CapturedRequest, Statement } from './statement';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

const ofRequest = new AsyncLocalStorage<Statement[]>();

const server = Server.prototype as unknown as { emit: AnyFunction };
const { emit } = server;
server.emit = function (...args) {
  if (args[0] !== 'request') return emit.apply(this, args);
  const request = args[1] as IncomingMessage;
  const response = args[2] as ServerResponse;
  // Read now: the product unfolds aliases in place.
  const captured: CapturedRequest = { url: request.url ?? '', statements: [] };
  response.once('finish', () => process.send?.(captured));
  return ofRequest.run(captured.statements, () => emit.apply(this, args));
};

const client = Client.prototype as unknown as { query: AnyFunction };
const { query } = client;
client.query = function (...args) {
  ofRequest.getStore()?.push(toStatement(args));
  return query.apply(this, args);
};

/** The forms that node-postgres takes: a text, or an object with one; values beside it or in it. */
function toStatement([first, second]: unknown[]): Statement {
  const config = (typeof first === 'string' ? { text: first } : first) as {
    name?: string;
    text?: string;
    values?: unknown[];
  };
  if (config.text === undefined) throw new Error('A cursor or COPY cannot be captured as a statement.');
  const values = Array.isArray(second) ? (second as unknown[]) : (config.values ?? []);
  return { name: config.name, text: config.text, values: [...values] };
}

// The channel alone must not keep a product alive that was told to stop.
process.channel?.unref();
