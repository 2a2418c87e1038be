import { Inject, Injectable } from '@nestjs/common';
import { type Severity, trendOf } from '@libs/bottleneck';
import { CacheService, type Compute } from '../cache/cache.service';
import { FactoryTime } from '../common/factory-time';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { sqlFile } from '../database/sql-file';
import { type PhaseNow, readPhaseNow } from '../published/figures/phase-now';
import { freshness } from '../published/freshness';
import type { ActivePeriodsDto, BottleneckDto, BottlenecksDto, BottlenecksQuery } from './dto/bottlenecks.dto';
import type { ScheduleDto, SchedulePhaseDto, ScheduleQuery } from './dto/schedule.dto';

const READ_BOTTLENECKS = sqlFile(__dirname, 'sql/read_bottlenecks.sql');
const READ_ACTIVE_PERIODS = sqlFile(__dirname, 'sql/read_active_periods.sql');

const DEFAULT_TOP_N = 10;
const SECONDS_PER_HOUR = 3600;
/** With CLOCK=wall what stands where ages by itself. */
const SCHEDULE_WALL_SECONDS = 20;
/** Executions in the window below which a utilisation says nothing. */
const ENOUGH_EXECUTIONS = 20;

interface BottleneckRow {
  fase_id: number;
  fase_nome: string | null;
  rank: number;
  score: number;
  wip_age_part: number;
  load_part: number;
  queue_age_part: number;
  usual_wip_age_p90_seconds: number | null;
  usual_load: number | null;
  usual_queue_age_p90_seconds: number | null;
  severity: Severity;
  why: string;
  score_before: number | null;
  methods_disagree: boolean;
  wip_count: number;
  wip_age_p90_seconds: number | null;
  queue_size: number;
  queue_age_p90_seconds: number | null;
  queue_age_avg_seconds: number | null;
  /** The active-period columns are null together: the phase did nothing in the window. */
  active_rank: number | null;
  executions: number;
  active_share: number;
  sole_share: number;
  shifting_share: number;
}

interface ActivePeriodRow {
  fase_id: number;
  fase_nome: string | null;
  window_from: Date;
  window_to: Date;
  executions: number;
  active_share: number;
  sole_share: number;
  shifting_share: number;
}

/** What stands where, and what holds it up. */
@Injectable()
export class FlowService {
  constructor(
    private readonly cache: CacheService,
    private readonly time: FactoryTime,
    @Inject(ENV) private readonly env: Pick<Env, 'clock' | 'dormantDays'>,
  ) {}

  /** WIP and queue of each phase type at as_of. */
  async schedule({ fase_id }: ScheduleQuery): Promise<ScheduleDto> {
    const compute: Compute<ScheduleDto> = async (query, version) => {
      const phases = await readPhaseNow(query, version, this.env);
      const schedule = phases
        .filter((phase) => fase_id === undefined || phase.fase_id === fase_id)
        .map((phase) => this.toPhase(phase));
      const total_wip = schedule.reduce((sum, phase) => sum + phase.wip_count, 0);
      return { schedule, total_wip, ...freshness(version, this.time) };
    };
    return this.cache.remember('prodplan.schedule', { fase_id }, compute, { wallSeconds: SCHEDULE_WALL_SECONDS });
  }

  /** The stored ranking; the load that is served computed it. */
  async bottlenecks({ top_n = DEFAULT_TOP_N }: BottlenecksQuery): Promise<BottlenecksDto> {
    return this.cache.remember('prodplan.bottlenecks', { top_n }, async (query, version) => {
      const [ranked, periods] = await Promise.all([
        query<BottleneckRow>(READ_BOTTLENECKS, [top_n]),
        query<ActivePeriodRow>(READ_ACTIVE_PERIODS),
      ]);
      const bottlenecks = ranked.map(toBottleneck);
      const active_periods = this.toActivePeriods(periods);
      return { bottlenecks, top_losses: bottlenecks, active_periods, ...freshness(version, this.time) };
    });
  }

  private toPhase(phase: PhaseNow): SchedulePhaseDto {
    return {
      fase_id: phase.fase_id,
      fase_nome: phase.fase_nome,
      wip_count: phase.wip_count,
      p50_age_hours: hours(phase.wip_age_p50_seconds),
      p90_age_hours: hours(phase.wip_age_p90_seconds),
      avg_age_hours: hours(phase.wip_age_avg_seconds),
      oldest_event_time: this.time.isoOrNull(phase.oldest_inicio),
      queue_size: phase.queue_size,
      queue_p50_age_hours: hours(phase.queue_age_p50_seconds),
      queue_p90_age_hours: hours(phase.queue_age_p90_seconds),
    };
  }

  private toActivePeriods(rows: readonly ActivePeriodRow[]): ActivePeriodsDto {
    const window = rows.at(0);
    return {
      ...(window && { from: this.time.iso(window.window_from), to: this.time.iso(window.window_to) }),
      phases: rows.map((row) => ({
        fase_id: row.fase_id,
        fase_nome: row.fase_nome,
        executions: row.executions,
        active_pct: row.active_share * 100,
        sole_pct: row.sole_share * 100,
        shifting_pct: row.shifting_share * 100,
      })),
    };
  }
}

function toBottleneck(row: BottleneckRow): BottleneckDto {
  const { score_before, active_rank } = row;
  const fila_horas = hours(row.queue_age_p90_seconds);
  return {
    fase_id: row.fase_id,
    fase_nome: row.fase_nome,
    phase_code: String(row.fase_id),
    phase_name: row.fase_nome,
    rank: row.rank,
    wip_count: row.wip_count,
    queue_size: row.queue_size,
    // The page rejects a null; a phase with a queue alone has no age of WIP.
    p90_age_hours: hours(row.wip_age_p90_seconds) ?? 0,
    avg_wait_hours: hours(row.queue_age_avg_seconds),
    ...(fila_horas !== null && { fila_horas }),
    bottleneck_score: row.score,
    score_parts: { wip_age: row.wip_age_part, load: row.load_part, queue_age: row.queue_age_part },
    usual: usualOf(row),
    severity: row.severity,
    why: row.why,
    ...(score_before !== null && { score_30_days_before: score_before, trend: trendOf(row.score, score_before) }),
    ...(active_rank !== null && {
      ...(row.executions >= ENOUGH_EXECUTIONS && { utilizacao_pct: row.active_share * 100 }),
      probabilidade: row.sole_share + row.shifting_share,
      active_period_rank: active_rank,
    }),
    methods_disagree: row.methods_disagree,
  };
}

function usualOf(row: BottleneckRow): BottleneckDto['usual'] {
  const wip = hours(row.usual_wip_age_p90_seconds);
  const queue = hours(row.usual_queue_age_p90_seconds);
  return {
    ...(wip !== null && { wip_p90_age_hours: wip }),
    ...(row.usual_load !== null && { orders: row.usual_load }),
    ...(queue !== null && { queue_p90_age_hours: queue }),
  };
}

function hours(seconds: number | null): number | null {
  return seconds === null ? null : seconds / SECONDS_PER_HOUR;
}
