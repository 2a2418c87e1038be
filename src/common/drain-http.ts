import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const IDLE_MS = 50;

/**
 * Takes no new connections and waits for the requests that have begun: whoever keeps a connection open is told with the
 * answer that it is the last one. What is not answered after `milliseconds` is cut off.
 */
export async function drainHttp(server: Server, milliseconds: number): Promise<void> {
  server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
  const waiting = new AbortController();
  const closed = new Promise<void>((resolve) => server.close(() => resolve())).then(() => waiting.abort());
  // A connection whose answer was begun before is kept by its client, and idle when that has ended.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_MS);
  await Promise.race([closed, sleep(milliseconds, undefined, { signal: waiting.signal }).catch(() => undefined)]);
  clearInterval(idle);
  server.closeAllConnections();
  await closed;
}
