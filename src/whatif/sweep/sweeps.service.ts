import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Kpis, rounded } from '@libs/factory-model';
import { Clock } from '../../common/clock';
import { NotFoundError } from '../../common/domain-error';
import { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import { JobProducer } from '../../queue/job-producer';
import { ENGINE_VERSION } from '../model/data-version';
import { Catalogue } from '../requests/catalogue';
import type { NormalRequest } from '../requests/normal-request';
import { SimulationPool } from '../threads/simulation-pool';
import { WhatifService } from '../whatif.service';
import { type PointLabel, sweepPoints } from './sweep-points';

const INSERT_SWEEP = sqlFile(__dirname, 'sql/insert_sweep.sql');
const FIND_SWEEP = sqlFile(__dirname, 'sql/find_sweep.sql');
const INSERT_POINTS = sqlFile(__dirname, 'sql/insert_points.sql');
const READ_SWEEP = sqlFile(__dirname, 'sql/read_sweep.sql');
const READ_POINTS = sqlFile(__dirname, 'sql/read_points.sql');
const READ_OPEN_POINTS = sqlFile(__dirname, 'sql/read_open_points.sql');
const BEGIN_SWEEP = sqlFile(__dirname, 'sql/begin_sweep.sql');
const WRITE_POINT = sqlFile(__dirname, 'sql/write_point.sql');
const FINISH_SWEEP = sqlFile(__dirname, 'sql/finish_sweep.sql');
const FAIL_SWEEP = sqlFile(__dirname, 'sql/fail_sweep.sql');
const CANCEL_SWEEP = sqlFile(__dirname, 'sql/cancel_sweep.sql');

/** Points of one job: so many that a job is worth its queueing, so few that all workers get some. */
const PART = 10;

interface SweepRow {
  sweep_id: number;
  status: string;
  request: object;
  engine_version: string;
  points: number;
  done: number;
  error: string | null;
}

interface Figures {
  baseline: Kpis;
  simulated: Kpis;
  saved: number;
  late: number;
}

export interface RankedPoint extends PointLabel {
  rank: number;
  simulated_kpis: Kpis;
  /** Against the factory as it works today. */
  on_time_gain: number;
  /** The same for each unit of capacity. */
  on_time_gain_per_unit: number;
  lead_time_gain_h: number;
  saved_orders: number;
  late_orders: number;
}

export interface SweepState {
  sweep_id: number;
  status: string;
  request: object;
  engine_version: string;
  points: number;
  done: number;
  error?: string;
  /** The point that buys the most on-time orders for one unit of capacity; once something is done. */
  best?: RankedPoint;
  ranking: RankedPoint[];
}

/**
 * Many scenarios at once, in parts over all workers. A part writes what each of its points came to; whoever completes the
 * last part completes the sweep. Nobody waits for a job: the state is in the tables.
 */
@Injectable()
export class SweepsService {
  constructor(
    private readonly database: Database,
    private readonly whatif: WhatifService,
    private readonly pool: SimulationPool,
    private readonly producer: JobProducer,
    private readonly clock: Clock,
  ) {}

  /** Begins a sweep, or finds the same one. */
  async begin(body: unknown): Promise<SweepState> {
    const { model, dataVersion } = await this.whatif.model();
    const points = sweepPoints(body, new Catalogue(model));
    const hash = createHash('sha256')
      .update(JSON.stringify([dataVersion, ENGINE_VERSION, points]))
      .digest('hex');
    const id = await this.database.transaction(async (client) => {
      const { rows } = await client.query<{ sweep_id: number }>(INSERT_SWEEP.text, [
        ...[hash, JSON.stringify(body ?? {}), dataVersion, ENGINE_VERSION, points.length, this.clock.now()],
      ]);
      if (rows.length === 0) return undefined;
      const stored = points.map((each, point) => ({ point, ...each }));
      await client.query(INSERT_POINTS.text, [rows[0].sweep_id, JSON.stringify(stored)]);
      return rows[0].sweep_id;
    });
    if (id === undefined) {
      const [known] = await this.database.query<{ sweep_id: number }>(FIND_SWEEP, [hash]);
      return this.state(known.sweep_id);
    }
    for (let first = 0; first < points.length; first += PART) {
      await this.producer.add('whatif.sweep-part', { sweepId: id, first, end: Math.min(first + PART, points.length) });
    }
    return this.state(id);
  }

  /** @throws NotFoundError */
  async state(id: number): Promise<SweepState> {
    const [row] = await this.database.query<SweepRow>(READ_SWEEP, [id]);
    if (row === undefined) throw new NotFoundError(`There is no sweep ${id}.`);
    const points = await this.database.query<{ label: PointLabel; figures: Figures }>(READ_POINTS, [id]);
    const ranking = ranked(points);
    const { sweep_id, status, request, engine_version, points: all, done, error } = row;
    return {
      ...{ sweep_id, status, request, engine_version, points: all, done },
      ...(error === null ? {} : { error }),
      ...(ranking.length === 0 ? {} : { best: ranking[0] }),
      ranking,
    };
  }

  async cancel(id: number): Promise<SweepState> {
    await this.database.query(CANCEL_SWEEP, [id, this.clock.now()]);
    return this.state(id);
  }

  /** Ends a sweep that cannot go on; of one that is over already nothing changes. */
  async fail(id: number, why: string): Promise<void> {
    await this.database.query(FAIL_SWEEP, [id, why, this.clock.now()]);
  }

  /** Simulates the points of a part that are not done. Safe to run again. */
  async runPart(id: number, first: number, end: number, signal: AbortSignal): Promise<number> {
    const open = await this.database.query<{ point: number; request: NormalRequest }>(READ_OPEN_POINTS, [
      id,
      first,
      end,
    ]);
    let done = 0;
    for (const { point, request } of open) {
      const [running] = await this.database.query<{ data_version: string }>(BEGIN_SWEEP, [id]);
      if (running === undefined) return done;
      const known = await this.whatif.model();
      if (known.dataVersion !== running.data_version) {
        await this.fail(id, 'Other data were loaded meanwhile: begin the sweep again.');
        return done;
      }
      const answer = await this.pool.ask(known, request, signal);
      const figures: Figures = {
        baseline: answer.replications?.baseline ?? answer.baseline_kpis,
        simulated: answer.replications?.simulated ?? answer.simulated_kpis,
        saved: answer.saved_orders.length,
        late: answer.late_orders.length,
      };
      await this.database.query(WRITE_POINT, [id, point, JSON.stringify(figures)]);
      done++;
    }
    await this.database.query(FINISH_SWEEP, [id, this.clock.now()]);
    return done;
  }
}

function ranked(points: readonly { label: PointLabel; figures: Figures }[]): RankedPoint[] {
  return points
    .map(({ label, figures: { baseline, simulated, saved, late } }) => {
      const gain = simulated.on_time_orders - baseline.on_time_orders;
      return {
        ...label,
        rank: 0,
        simulated_kpis: simulated,
        on_time_gain: rounded(gain),
        on_time_gain_per_unit: rounded(gain / (label.extra_capacity ?? 1)),
        lead_time_gain_h: rounded(baseline.lead_time_h - simulated.lead_time_h),
        saved_orders: saved,
        late_orders: late,
      };
    })
    .sort(
      (one, other) =>
        other.on_time_gain_per_unit - one.on_time_gain_per_unit || other.lead_time_gain_h - one.lead_time_gain_h,
    )
    .map((point, place) => ({ ...point, rank: place + 1 }));
}
