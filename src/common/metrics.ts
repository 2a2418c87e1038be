import { Global, Injectable, Module } from '@nestjs/common';
import { Counter, Histogram, Registry } from 'prom-client';

const SECONDS_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Every Prometheus metric of the process, in one place. A registry of its own: tests run several applications at once. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly cacheHits = this.cacheCounter('cache_hits_total', 'Answers that were kept, by endpoint.');
  readonly cacheMisses = this.cacheCounter('cache_misses_total', 'Answers that had to be computed, by endpoint.');
  readonly cacheErrors = this.cacheCounter('cache_errors_total', 'Looks into a shared cache that did not answer.');

  readonly requestSeconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds from the handler of a request to the last byte of its answer, by route and status.',
    labelNames: ['route', 'status'],
    buckets: SECONDS_BUCKETS,
    registers: [this.registry],
  });

  private cacheCounter(name: string, help: string): Counter<'endpoint'> {
    return new Counter({ name, help, labelNames: ['endpoint'], registers: [this.registry] });
  }
}

/** The metrics for every module that counts something. */
@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {}
