import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from './tracing';

/** On whose account something is done: a request, or a job. */
export interface WorkScope {
  /** Ties log lines, answers and jobs together. */
  readonly correlationId: string;
  /** The route template (`GET /api/prodplan/orders/:of_id`), or `job <name>`: what work is counted under. */
  readonly endpoint: string;
  /** The job, when it is one: what its log lines carry beside the id. */
  readonly job?: { readonly name: string; readonly id: string };
  /** The span that what is done becomes a part of, where traces are asked for. */
  readonly span?: Span;
}

const storage = new AsyncLocalStorage<WorkScope>();

/** Runs `work`, and everything it begins, on the account of `scope`. */
export function withinScope<T>(scope: WorkScope, work: () => T): T {
  return storage.run(scope, work);
}

/** On whose account this runs; undefined at start, at the end, and on timers of the process's own. */
export function currentScope(): WorkScope | undefined {
  return storage.getStore();
}
