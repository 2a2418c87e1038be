import { Global, Injectable, Module } from '@nestjs/common';
import { Counter, Histogram, Registry } from 'prom-client';
import { type GaugeDefinition, type Readings, registerGauges } from './metric-gauges';
import { RequestTimes } from './request-times';

const ANSWER_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STATEMENT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];
const LOAD_SECONDS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

/** What a load did to one sheet, as counted. */
interface LoadedSheet {
  readonly sheet: string;
  readonly seconds: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly absent: number;
}

const ROW_STATUSES = ['inserted', 'updated', 'unchanged', 'duplicates', 'quarantined', 'absent'] as const;

/**
 * Every Prometheus metric of the process, in one place. A registry of its own: tests run several applications at once.
 *
 * Labels come from lists that the code holds (routes, statements, sheets, codes), never from what a caller sends: the
 * number of series is bounded, whoever asks for whatever.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly cacheHits = this.cacheCounter('cache_hits_total', 'Answers that were kept, by endpoint.');
  readonly cacheMisses = this.cacheCounter('cache_misses_total', 'Answers that had to be computed, by endpoint.');
  readonly cacheErrors = this.cacheCounter('cache_errors_total', 'Looks into a shared cache that did not answer.');

  /** Scenarios simulated. */
  readonly whatifRuns = new Counter({
    name: 'whatif_runs_total',
    help: 'Scenarios that were simulated.',
    registers: [this.registry],
  });

  readonly mlInferenceSeconds = new Histogram({
    name: 'ml_inference_duration_seconds',
    help: 'Seconds that a prediction took, by model.',
    labelNames: ['model'],
    buckets: ANSWER_SECONDS,
    registers: [this.registry],
  });

  readonly mlTrainSeconds = new Histogram({
    name: 'ml_train_duration_seconds',
    help: 'Seconds that a training took, by task.',
    labelNames: ['task'],
    buckets: LOAD_SECONDS,
    registers: [this.registry],
  });

  readonly replicaReads = new Counter({
    name: 'db_replica_reads_total',
    help: 'Readings on a replica by how they ended: answered; lagging, lost, failed: the primary was asked instead.',
    labelNames: ['replica', 'outcome'],
    registers: [this.registry],
  });

  readonly jobSeconds = new Histogram({
    name: 'job_duration_seconds',
    help: 'Seconds that a job ran, by job and outcome (done, failed).',
    labelNames: ['job', 'outcome'],
    buckets: LOAD_SECONDS,
    registers: [this.registry],
  });

  private readonly requestSeconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds from the arrival of a request to the last byte of its answer, by route template and status.',
    labelNames: ['route', 'status'],
    buckets: ANSWER_SECONDS,
    registers: [this.registry],
  });

  private readonly querySeconds = new Histogram({
    name: 'db_query_duration_seconds',
    help: 'Seconds that a statement took, by the route or job that ran it and by the name of its file.',
    labelNames: ['endpoint', 'query_name'],
    buckets: STATEMENT_SECONDS,
    registers: [this.registry],
  });

  private readonly ingestionRows = new Counter({
    name: 'ingestion_rows_total',
    help: 'Rows of loads that this process published, by sheet and by what became of them. All but absent together are the rows read.',
    labelNames: ['sheet', 'status'],
    registers: [this.registry],
  });

  private readonly ingestionSeconds = new Histogram({
    name: 'ingestion_duration_seconds',
    help: 'Seconds from the first to the last row of a sheet while a load read it.',
    labelNames: ['sheet'],
    buckets: LOAD_SECONDS,
    registers: [this.registry],
  });

  private readonly ingestionRuns = new Counter({
    name: 'ingestion_runs_total',
    help: 'Loads that ended in this process, by how they ended and with which error code (none when published).',
    labelNames: ['status', 'error_code'],
    registers: [this.registry],
  });

  private readonly ingestionRejects = new Counter({
    name: 'ingestion_rejects_total',
    help: 'Rows that loads of this process quarantined, by sheet and reason.',
    labelNames: ['sheet', 'reason_code'],
    registers: [this.registry],
  });

  private readonly readingErrors = new Counter({
    name: 'metrics_reading_errors_total',
    help: 'Groups of gauges that could not be read when Prometheus asked.',
    labelNames: ['group'],
    registers: [this.registry],
  });

  // The histograms look labels up by hashing them at every observation; a request looks its own up here, by one string.
  private readonly requestSeries = new Map<string, ReturnType<Histogram['labels']>>();
  private readonly querySeries = new Map<string, ReturnType<Histogram['labels']>>();

  observeRequest(route: string, status: number, seconds: number): void {
    const key = `${status}${route}`;
    let series = this.requestSeries.get(key);
    if (series === undefined) {
      series = this.requestSeconds.labels({ route, status });
      this.requestSeries.set(key, series);
    }
    series.observe(seconds);
  }

  observeQuery(endpoint: string, queryName: string, seconds: number): void {
    const key = `${endpoint}|${queryName}`;
    let series = this.querySeries.get(key);
    if (series === undefined) {
      series = this.querySeconds.labels({ endpoint, query_name: queryName });
      this.querySeries.set(key, series);
    }
    series.observe(seconds);
  }

  /** Counts a load that was published. */
  observeLoad(report: {
    status: string;
    sheets: readonly LoadedSheet[];
    rejects: readonly { sheet: string; reason_code: string; count: number }[];
  }): void {
    this.ingestionRuns.inc({ status: report.status, error_code: 'none' });
    for (const account of report.sheets) {
      const { sheet } = account;
      for (const status of ROW_STATUSES) this.ingestionRows.inc({ sheet, status }, account[status]);
      this.ingestionSeconds.observe({ sheet }, account.seconds);
    }
    for (const { sheet, reason_code, count } of report.rejects)
      this.ingestionRejects.inc({ sheet, reason_code }, count);
  }

  /** Counts a load that was not. */
  observeFailedLoad(status: string, errorCode: string): void {
    this.ingestionRuns.inc({ status, error_code: errorCode });
  }

  /**
   * Adds gauges that are read together when Prometheus asks. What cannot be read is left out of that scrape, and
   * counted under `group`.
   */
  gauges<Key extends string>(
    group: string,
    definitions: Readonly<Record<Key, GaugeDefinition>>,
    read: () => Readings<Key> | Promise<Readings<Key>>,
  ): void {
    registerGauges(this.registry, definitions, read, () => this.readingErrors.inc({ group }));
  }

  private cacheCounter(name: string, help: string): Counter<'endpoint'> {
    return new Counter({ name, help, labelNames: ['endpoint'], registers: [this.registry] });
  }
}

/** The metrics for every module that counts something, and the request times that promises are held against. */
@Global()
@Module({ providers: [Metrics, RequestTimes], exports: [Metrics, RequestTimes] })
export class MetricsModule {}
