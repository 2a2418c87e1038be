import autocannon from 'autocannon';
import type { PageRequest } from './pages';

/** What one kind of request was answered. */
export interface Answered {
  sloMs: number | undefined;
  milliseconds: number[];
  byStatus: Map<number, number>;
  /** by status: answers that are none, 5xx and 4xx that are not among the right ones */
  wrong: Map<number, number>;
}

export interface TrafficFigures {
  byName: Map<string, Answered>;
  /** connections that broke */
  errors: number;
  /** requests without an answer within the patience */
  timeouts: number;
  requestsPerSecond: number;
}

export interface TrafficOptions {
  origin: string;
  apiKey: string;
  requests: readonly PageRequest[];
  connections: number;
  seconds: number;
  signal: AbortSignal;
}

const PATIENCE_SECONDS = 30;
/** In a shorter time than the patience nothing would ever be without an answer: what is under way at its end goes uncounted. */
const PATIENCE_SHARE = 0.75;
/** What autocannon hands from a request to its answer. */
type Context = { begun?: number };

/**
 * Sends the requests over and over, each connection from another place of the list on and the next as soon as the
 * answer to the one before is there: users who never stop to read.
 */
export async function drivePages(options: TrafficOptions): Promise<TrafficFigures> {
  const { origin, apiKey, connections, seconds, signal } = options;
  signal.throwIfAborted();
  const byName = new Map<string, Answered>();
  const requests = options.requests.map((request) => watched(request, apiKey, byName));
  let clients = 0;
  let stop = (): void => undefined;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url: origin,
        connections,
        duration: seconds,
        timeout: patienceFor(seconds),
        requests,
        setupClient: (client) => {
          const from = Math.floor((clients++ * requests.length) / connections) % requests.length;
          client.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
        },
      },
      (error: Error | null, figures) => (error ? reject(error) : resolve(figures)),
    );
    stop = () => (instance as unknown as { stop(): void }).stop();
    signal.addEventListener('abort', stop, { once: true });
  }).finally(() => signal.removeEventListener('abort', stop));
  signal.throwIfAborted();
  const answers = [...byName.values()].reduce((sum, { milliseconds }) => sum + milliseconds.length, 0);
  return {
    byName,
    errors: result.errors - result.timeouts,
    timeouts: result.timeouts,
    requestsPerSecond: answers / result.duration,
  };
}

/** autocannon takes no less than a second. */
function patienceFor(seconds: number): number {
  return Math.max(1, Math.min(PATIENCE_SECONDS, seconds * PATIENCE_SHARE));
}

function watched(request: PageRequest, apiKey: string, byName: Map<string, Answered>): autocannon.Request {
  const { name, method, path, body, hasKey, also = [], sloMs } = request;
  const answered: Answered = byName.get(name) ?? { sloMs, milliseconds: [], byStatus: new Map(), wrong: new Map() };
  byName.set(name, answered);
  return {
    method,
    path,
    // The frontend sends the type with every request, also with those that have no body.
    headers: { 'content-type': 'application/json', ...(hasKey ? { 'x-api-key': apiKey } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    setupRequest: (built, context) => {
      (context as Context).begun = performance.now();
      return built;
    },
    onResponse: (status, _body, context) => {
      const { begun } = context as Context;
      if (begun !== undefined) answered.milliseconds.push(performance.now() - begun);
      count(answered.byStatus, status);
      if (status !== 200 && !also.includes(status)) count(answered.wrong, status);
    },
  };
}

function count(counts: Map<number, number>, status: number): void {
  counts.set(status, (counts.get(status) ?? 0) + 1);
}

/** Answers with a status of the server's own failure. */
export function serverErrors({ byName }: TrafficFigures): number {
  let count = 0;
  for (const { byStatus } of byName.values()) {
    for (const [status, times] of byStatus) if (status >= 500) count += times;
  }
  return count;
}
