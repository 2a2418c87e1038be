import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Kpis, rounded } from '@libs/factory-model';
import { Clock } from '../../common/clock';
import { NotFoundError } from '../../common/domain-error';
import { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import { JobProducer } from '../../queue/job-producer';
import type { JobPayload } from '../../queue/jobs';
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
const READ_UNFINISHED_SWEEPS = sqlFile(__dirname, 'sql/read_unfinished_sweeps.sql');
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
 * Many scenarios at once: a flow of parts over all workers. A part writes what each of its points came to; whoever completes
 * the last part completes the sweep, and the job that follows the parts sees to what they left. The state is in the tables:
 * a job that is lost, or done twice, changes nothing of it.
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
      await this.recover();
      return this.state(known.sweep_id);
    }
    const parts = Array.from({ length: Math.ceil(points.length / PART) }, (_, part) =>
      partOf(id, part * PART, points.length),
    );
    await this.producer.addFlow('whatif.sweep', { sweepId: id }, { name: 'whatif.sweep-part', payloads: parts });
    return this.state(id);
  }

  /**
   * Queues what is open of sweeps and no job works on: the process that stored them was killed before it had queued them,
   * or one that ended has left a part. A part that its queue gave up, because each process that took it was killed, ends
   * its sweep. May be run at any time, by any number of processes.
   *
   * @returns how many parts were queued
   */
  async recover(): Promise<number> {
    const unfinished = await this.database.query<{ sweep_id: number; points: number; open_parts: number[] }>(
      READ_UNFINISHED_SWEEPS,
      [PART],
    );
    let queued = 0;
    for (const { sweep_id: id, points, open_parts } of unfinished) {
      if (open_parts.length === 0) await this.finish(id);
      for (const first of open_parts) {
        const part = partOf(id, first, points);
        const state = await this.producer.state('whatif.sweep-part', part);
        if (state === 'failed') {
          await this.fail(id, `The processes that simulated from point ${first} on were killed again and again.`);
          break;
        }
        if (state !== 'unknown' && state !== 'completed') continue;
        await this.producer.renew('whatif.sweep-part', part);
        queued++;
      }
    }
    return queued;
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
      const answer = await this.pool.askForJob(known, request, signal);
      const figures: Figures = {
        baseline: answer.replications?.baseline ?? answer.baseline_kpis,
        simulated: answer.replications?.simulated ?? answer.simulated_kpis,
        saved: answer.saved_orders.length,
        late: answer.late_orders.length,
      };
      await this.database.query(WRITE_POINT, [id, point, JSON.stringify(figures)]);
      done++;
    }
    await this.finish(id);
    return done;
  }

  /** Completes a sweep of which all points are done; of another nothing changes. */
  private async finish(id: number): Promise<void> {
    await this.database.query(FINISH_SWEEP, [id, this.clock.now()]);
  }
}

function partOf(sweepId: number, first: number, points: number): JobPayload<'whatif.sweep-part'> {
  return { sweepId, first, end: Math.min(first + PART, points) };
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
