import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { InvalidRequestError, NotFoundError } from '../common/domain-error';
import { Metrics } from '../common/metrics';
import { OpaqueCursor } from '../common/opaque-cursor';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { Database } from '../database/database';
import { sqlFile } from '../database/sql-file';
import { calibrationOf } from './calibration';
import { ENGINE_VERSION } from './model/data-version';
import { type KnownModel, ModelsService } from './model/models.service';
import { Catalogue } from './requests/catalogue';
import { normalise } from './requests/normalise';
import type { Kind, NormalRequest } from './requests/normal-request';
import { selectedOrders } from './requests/to-scenario';
import { scenarioHash } from './scenario-hash';
import { SimulationPool } from './threads/simulation-pool';
import { nothingToSimulate } from './whatif.errors';

const READ_RUN = sqlFile(__dirname, 'sql/read_run.sql');
const INSERT_RUN = sqlFile(__dirname, 'sql/insert_run.sql');
const LIST_RUNS = sqlFile(__dirname, 'sql/list_runs.sql');

const CURSOR = new OpaqueCursor<[number]>('whatif.runs.1', (key) => key.length === 1 && Number.isSafeInteger(key[0]));

/** A row of the list of runs, as stored. */
export interface RunRow {
  whatif_id: number;
  scenario_hash: string;
  kind: Kind;
  request: NormalRequest;
  data_version: string;
  engine_version: string;
  seed: number;
  otd_pct: number;
  lead_time_h: number;
  delta_otd_pct: number;
  delta_lead_time_h: number;
  created_at: Date;
  compute_ms: number;
}

/** A computation that several requests wait for. */
interface Running {
  readonly answer: Promise<string>;
  /** Ends it, and takes it out of the way of those who ask next. */
  readonly abandon: () => void;
  waiting: number;
}

/** Answers what-if questions: stored ones with their stored bytes, the others once, however many ask. */
@Injectable()
export class WhatifService {
  private readonly running = new Map<string, Running>();

  constructor(
    private readonly database: Database,
    private readonly models: ModelsService,
    private readonly pool: SimulationPool,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'factoryTz'>,
  ) {}

  /**
   * The answer as JSON.
   *
   * @param signal aborted when the caller goes away; the computation ends with the last of its callers
   * @throws InvalidRequestError, NotSupportedError, TooManyScenariosError
   */
  async ask(kind: Kind, body: unknown, signal: AbortSignal): Promise<string> {
    const known = await this.model();
    return this.answer(known, this.read(known, kind, body), signal);
  }

  /** The model that questions are put to now. @throws NotSupportedError while nothing is loaded */
  async model(): Promise<KnownModel> {
    const known = await this.models.current();
    if (known === undefined) throw nothingToSimulate();
    return known;
  }

  /** The request said in the one way that is hashed. @throws InvalidRequestError */
  read(known: KnownModel, kind: Kind, body: unknown): NormalRequest {
    const request = normalise(kind, body, new Catalogue(known.model));
    if (request.order_filter !== null && selectedOrders(known.model, request.order_filter).length === 0) {
      throw new InvalidRequestError(
        `order_filter is ${JSON.stringify(request.order_filter)}: it selects none of the ${known.model.orders.length} active orders; widen it, or leave it out.`,
      );
    }
    return request;
  }

  async answer(known: KnownModel, request: NormalRequest, signal: AbortSignal): Promise<string> {
    const hash = scenarioHash(known.dataVersion, request);
    const stored = await this.database.query<{ answer: string }>(READ_RUN, [hash]);
    if (stored.length > 0) return stored[0].answer;
    signal.throwIfAborted();
    let running = this.running.get(hash);
    if (running === undefined) {
      const abort = new AbortController();
      const begun: Running = {
        answer: this.compute(known, request, hash, abort.signal).finally(() => this.forget(hash, begun)),
        abandon: () => {
          this.forget(hash, begun);
          abort.abort(new Error('Nobody waits for the scenario any more.'));
        },
        waiting: 0,
      };
      this.running.set(hash, begun);
      running = begun;
    }
    return this.wait(running, signal);
  }

  /** A stored answer by its hash or number. @throws NotFoundError */
  async result(id: string): Promise<string> {
    // PostgreSQL's text holds no null character, and no id has one.
    const [row] = id.includes('\0') ? [] : await this.database.query<{ answer: string }>(READ_RUN, [id]);
    if (row === undefined) {
      throw new NotFoundError(`There is no simulated scenario ${id.slice(0, 80)}. GET /api/whatif/runs lists them.`);
    }
    return row.answer;
  }

  /** Simulated scenarios, the latest first. */
  async runs(limit: number, cursor: string | undefined): Promise<{ rows: RunRow[]; next_cursor: string | null }> {
    const before = cursor === undefined ? null : CURSOR.decode(cursor)[0];
    const rows = await this.database.query<RunRow>(LIST_RUNS, [before, limit + 1]);
    const page = rows.slice(0, limit);
    return { rows: page, next_cursor: rows.length > limit ? CURSOR.encode([page[limit - 1].whatif_id]) : null };
  }

  private async compute(known: KnownModel, request: NormalRequest, hash: string, signal: AbortSignal): Promise<string> {
    const began = performance.now();
    const computed = await this.pool.ask(known, request, signal);
    const { baseline_kpis, simulated_kpis, delta_kpis, top_affected_orders, replications, ...rest } = computed;
    // What several draws agree on is worth more than one run with medians.
    const kpis = {
      baseline_kpis: replications?.baseline ?? baseline_kpis,
      simulated_kpis: replications?.simulated ?? simulated_kpis,
    };
    const { simulated_kpis: after } = kpis;
    const answer = JSON.stringify({
      ...kpis,
      delta_kpis: replications === undefined ? delta_kpis : meansOf(replications.differences),
      top_affected_orders,
      scenario_hash: hash,
      engine_version: ENGINE_VERSION,
      kind: request.kind,
      request,
      ...rest,
      ...(replications === undefined ? {} : { replications }),
      calibration: calibrationOf(known, this.env.factoryTz),
    });
    this.metrics.whatifRuns.inc();
    await this.database.query(INSERT_RUN, [
      ...[hash, request.kind, JSON.stringify(request), known.dataVersion, ENGINE_VERSION, request.seed],
      ...[after.otd_pct, after.lead_time_h, delta_kpis.otd_pct, delta_kpis.lead_time_h],
      ...[answer, this.clock.now(), Math.round(performance.now() - began)],
    ]);
    return answer;
  }

  private forget(hash: string, running: Running): void {
    if (this.running.get(hash) === running) this.running.delete(hash);
  }

  private async wait(running: Running, signal: AbortSignal): Promise<string> {
    running.waiting++;
    let leave: () => void = () => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        running.waiting--;
        if (running.waiting === 0) running.abandon();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', leave, { once: true });
    });
    // Only one of the two is heard; the other must not count as unheard.
    left.catch(() => undefined);
    running.answer.catch(() => undefined);
    try {
      return await Promise.race([running.answer, left]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }
}

function meansOf(differences: Readonly<Record<string, { mean: number }>>): Record<string, number> {
  return Object.fromEntries(Object.entries(differences).map(([figure, { mean }]) => [figure, mean]));
}
