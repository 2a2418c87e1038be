import { Inject, Injectable } from '@nestjs/common';
import { CacheService } from '../../cache/cache.service';
import { InvalidRequestError } from '../../common/domain-error';
import { FactoryTime } from '../../common/factory-time';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { awakeFrom } from '../../published/awake-from';
import { freshness } from '../../published/freshness';
import { PublishedData } from '../../published/published-data';
import type { BacktestFiguresDto, EtaBacktestDto } from '../dto/eta-backtest.dto';
import type { RiskOrderDto, RiskQueueDto } from '../dto/risk-queue.dto';
import type { RiskQueueQuery } from '../dto/risk-queue.query';
import { delayReason } from './delay-reason';
import { type BacktestRow, ForecastQueries, type RiskRow } from './forecast.queries';

const DEFAULT_LIMIT = 50;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** When orders will be finished, as computed at the load: which will be late, and how good such forecasts are. */
@Injectable()
export class ForecastService {
  constructor(
    private readonly cache: CacheService,
    private readonly published: PublishedData,
    private readonly time: FactoryTime,
    @Inject(ENV) private readonly env: Pick<Env, 'dormantDays'>,
  ) {}

  /** @throws InvalidRequestError when limit and top_n contradict each other. */
  async riskQueue({ limit, top_n }: RiskQueueQuery): Promise<RiskQueueDto> {
    if (limit !== undefined && top_n !== undefined && limit !== top_n) {
      throw new InvalidRequestError(
        `limit is ${limit} and top_n is ${top_n}: they are two names of one parameter, give one.`,
      );
    }
    const rows = limit ?? top_n ?? DEFAULT_LIMIT;
    return this.cache.remember('prodplan.risk-queue', { rows }, async (query, version) => {
      const awake = awakeFrom(version?.asOf ?? null, this.env.dormantDays);
      const found = await new ForecastQueries(query).readRiskQueue(rows, awake);
      const queue = found.map((row) => this.toRisk(row));
      return {
        queue,
        risk_queue: queue,
        at_risk_orders: queue,
        ...(found.length === 0 ? {} : { eta_method_reason: found[0].eta_method_reason }),
        ...freshness(version, this.time),
      };
    });
  }

  async backtest(): Promise<EtaBacktestDto> {
    // Not cached: it is computed without a publish, and the cache forgets only with one.
    return this.published.read(async (query, version) => {
      const rows = await new ForecastQueries(query).readBacktest();
      const computedFor = rows.at(0)?.version;
      if (computedFor === undefined) return { status: 'ABSENT', months: [], ...freshness(version, this.time) };
      return {
        status: computedFor === version?.version ? 'CURRENT' : 'OUTDATED',
        overall: figures(rows),
        months: rows.map((row) => ({ moment: this.time.iso(row.moment), ...figures([row]) })),
        ...freshness(version, this.time),
      };
    });
  }

  private toRisk(row: RiskRow): RiskOrderDto {
    const reason = delayReason({
      delay: row.delay_seconds / HOUR,
      lateStart: row.late_start_seconds / HOUR,
      waiting: row.waiting_seconds / HOUR,
      waitingPhase: row.waiting_fase,
      rework: row.rework_seconds / HOUR,
      slowPhase: row.slow_phase_seconds / HOUR,
      slowPhaseName: row.slow_phase,
      rest: row.rest_seconds / HOUR,
    });
    return {
      of_id: row.of_id,
      produto_id: row.of_produto_id,
      produto_nome: row.produto_nome,
      fase_id: row.fase_atual_id,
      fase_atual: row.fase_atual,
      due_date: this.time.iso(row.of_data_transporte),
      eta: this.time.iso(row.eta_p50),
      eta_p80: this.time.iso(row.eta_p80),
      eta_method: row.eta_method,
      risk_score: row.p_late,
      days_behind: row.days_late,
      delay_hours: row.delay_seconds / HOUR,
      late_start_hours: row.late_start_seconds / HOUR,
      waiting_hours: row.waiting_seconds / HOUR,
      waiting_fase_id: row.waiting_fase_id,
      rework_hours: row.rework_seconds / HOUR,
      slow_phase_hours: row.slow_phase_seconds / HOUR,
      slow_phase_fase_id: row.slow_phase_fase_id,
      rest_hours: row.rest_seconds / HOUR,
      reason,
      risk_reason: reason,
    };
  }
}

/** The figures of some moments together: of their sums, not means of their means. */
function figures(rows: readonly BacktestRow[]): BacktestFiguresDto {
  const sum = (of: (row: BacktestRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const finished = sum((row) => row.finished);
  const missed = sum((row) => row.missed_unfinished);
  const meanDays = (seconds: number): number | null => (finished === 0 ? null : seconds / finished / DAY);
  return {
    active: sum((row) => row.active),
    finished,
    mae_days: meanDays(sum((row) => row.absolute_error_seconds)),
    bias_days: meanDays(sum((row) => row.signed_error_seconds)),
    naive_mae_days: meanDays(sum((row) => row.naive_absolute_error_seconds)),
    naive_bias_days: meanDays(sum((row) => row.naive_signed_error_seconds)),
    p80_coverage: finished + missed === 0 ? null : sum((row) => row.covered) / (finished + missed),
    missed_unfinished: missed,
    left_out: sum((row) => row.left_out),
    not_forecast: sum((row) => row.not_forecast),
  };
}
