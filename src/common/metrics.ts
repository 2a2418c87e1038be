import { Global, Injectable, Module } from '@nestjs/common';
import { Counter, Histogram, Registry } from 'prom-client';

/** How a look into the cache ended; `error`: a shared cache that did not answer, which counts as a miss beside it. */
export type CacheOutcome = 'hit' | 'miss' | 'error';

const SECONDS_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Every Prometheus metric of the process, in one place. A registry of its own: tests run several applications at once. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly cacheLookups = new Counter({
    name: 'prodplan_cache_lookups_total',
    help: 'Looks into the cache of answers, by route and outcome (hit, miss, error).',
    labelNames: ['route', 'outcome'],
    registers: [this.registry],
  });

  readonly requestSeconds = new Histogram({
    name: 'prodplan_http_request_seconds',
    help: 'Seconds from the handler of a request to the last byte of its answer, by route and status.',
    labelNames: ['route', 'status'],
    buckets: SECONDS_BUCKETS,
    registers: [this.registry],
  });

  cacheLookup(route: string, outcome: CacheOutcome): void {
    this.cacheLookups.inc({ route, outcome });
  }
}

/** The metrics for every module that counts something. */
@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {}
