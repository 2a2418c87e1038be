import type { Pool } from 'pg';
import { currentScope } from '../common/work-scope';
import type { Metrics } from '../common/metrics';
import { tracer } from '../common/tracing';
import { observeQueries } from './observe-queries';

/** What work of the process's own (start, timers, scrapes) is counted under. */
const PROCESS = 'process';
const DATABASE = { 'db.system.name': 'postgresql' };

/** Measures and traces the statements of a pool. */
export function observePool(pool: Pool, metrics: Metrics): void {
  observeQueries(pool, (name) => {
    const scope = currentScope();
    const endpoint = scope?.endpoint ?? PROCESS;
    // What nobody asked for (polling, timers) would be traces of one statement each.
    const span = scope?.span && tracer()?.start(`db ${name}`, 'client', DATABASE, scope.span);
    const began = performance.now();
    return (error) => {
      metrics.observeQuery(endpoint, name, (performance.now() - began) / 1000);
      span?.end(error ?? undefined);
    };
  });
}

/** Counts what the process's pool does. */
export function measurePool(pool: Pool, metrics: Metrics): void {
  observePool(pool, metrics);
  metrics.gauges(
    'pool',
    {
      connections: {
        name: 'db_pool_connections',
        help: 'Connections of the pool by state: busy, idle.',
        labelNames: ['state'],
      },
      size: { name: 'db_pool_size', help: 'Connections that the pool may open (DATABASE_POOL_SIZE).' },
      waiting: { name: 'db_pool_waiting', help: 'Callers that wait for a connection of the pool.' },
    },
    () => ({
      connections: [
        { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
        { labels: { state: 'idle' }, value: pool.idleCount },
      ],
      size: [{ value: pool.options.max }],
      waiting: [{ value: pool.waitingCount }],
    }),
  );
}
