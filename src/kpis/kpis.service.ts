import { Inject, Injectable } from '@nestjs/common';
import { CacheService } from '../cache/cache.service';
import { FactoryTime } from '../common/factory-time';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { sqlFile, type SqlStatement } from '../database/sql-file';
import {
  calendarDays,
  KPI_BY_PHASE,
  KPI_BY_PRODUCT,
  KPI_OVERVIEW,
  type KpiOverviewRow,
  type KpiPhaseRow,
  type KpiProductRow,
} from '../published/figures/figures';
import { readPhaseWindow } from '../published/figures/phase-days';
import { readPhaseNow, readPhaseTypes } from '../published/figures/phase-now';
import type { PublishedVersion, SnapshotQuery } from '../published/published-data';
import type { KpiByPhaseQuery, KpiByProductQuery, KpiQuery } from './dto/kpi.query';
import type { KpiPhaseDto, KpiProductDto, KpisByPhaseDto, KpisByProductDto, OverviewDto } from './dto/kpis.dto';
import { type KpiWindow, windowFields, windowOf } from './kpi-window';

const READ_DEFAULT_WINDOW = sqlFile(__dirname, 'sql/read_default_window.sql');
const READ_FIRST_BOTTLENECK = sqlFile(__dirname, 'sql/read_first_bottleneck.sql');
const READ_PRODUCT_NAMES = sqlFile(__dirname, 'sql/read_product_names.sql');

const SECONDS_PER_HOUR = 3600;

/** Key figures of the orders and executions that ended in a window. */
@Injectable()
export class KpisService {
  constructor(
    private readonly cache: CacheService,
    private readonly time: FactoryTime,
    @Inject(ENV) private readonly env: Pick<Env, 'clock' | 'dormantDays' | 'factoryTz'>,
  ) {}

  /** @throws InvalidRequestError when from is after to. */
  async overview(request: KpiQuery): Promise<OverviewDto> {
    const { from, to } = request;
    return this.cache.remember('kpis.overview', { from, to }, async (query, version) => {
      const window = this.windowOf(request, version);
      const fields = windowFields(window, version, this.time);
      if (window === undefined || version === undefined) return { message: 'No workbook is loaded yet.', ...fields };
      const [[row], phases, [first]] = await Promise.all([
        this.figures<KpiOverviewRow>(query, KPI_OVERVIEW, window, [this.env.factoryTz]),
        readPhaseNow(query, version, this.env),
        query<{ fase_id: number; fase_nome: string | null } | undefined>(READ_FIRST_BOTTLENECK),
      ]);
      const days = calendarDays(window.from, window.to, this.env.factoryTz);
      const throughput = days > 0 ? row.orders_finished / days : 0;
      return {
        kpis: {
          ...(row.orders_with_due > 0 && { otd_pct: row.orders_on_time / row.orders_with_due }),
          ...(row.lead_time_p50_seconds !== null && { lead_time_h: row.lead_time_p50_seconds / SECONDS_PER_HOUR }),
          ...(row.lead_time_p90_seconds !== null && { lead_time_p90_h: row.lead_time_p90_seconds / SECONDS_PER_HOUR }),
          ...(row.lead_time_avg_seconds !== null && {
            avg_cycle_time_hours: row.lead_time_avg_seconds / SECONDS_PER_HOUR,
          }),
          throughput_day: throughput,
          throughput_dia: throughput,
          orders_finished: row.orders_finished,
          orders_with_due: row.orders_with_due,
          orders_on_time: row.orders_on_time,
          wip_total: phases.reduce((sum, phase) => sum + phase.wip_count, 0),
          gargalo_ativo: first === undefined ? null : (first.fase_nome ?? `Fase ${first.fase_id}`),
          generated_at: this.time.iso(version.generatedAt),
        },
        ...fields,
      };
    });
  }

  /** @throws InvalidRequestError when from is after to. */
  async byPhase(request: KpiByPhaseQuery): Promise<KpisByPhaseDto> {
    const { from, to, fase_id: only } = request;
    return this.cache.remember('kpis.by-phase', { from, to, only }, async (query, version) => {
      const window = this.windowOf(request, version);
      const phases = window === undefined || version === undefined ? [] : await this.phasesOf(query, version, window);
      return {
        phases: phases.filter(({ fase_id }) => only === undefined || only === fase_id),
        ...windowFields(window, version, this.time),
      };
    });
  }

  /** @throws InvalidRequestError when from is after to. */
  async byProduct(request: KpiByProductQuery): Promise<KpisByProductDto> {
    const { from, to, produto_id: only } = request;
    return this.cache.remember('kpis.by-product', { from, to, only }, async (query, version) => {
      const window = this.windowOf(request, version);
      const all =
        window === undefined
          ? []
          : await this.figures<KpiProductRow>(query, KPI_BY_PRODUCT, window, [this.env.factoryTz]);
      const rows = all.filter(({ produto_id }) => only === undefined || only === produto_id);
      const ids = rows.flatMap(({ produto_id }) => (produto_id === null ? [] : [produto_id]));
      const names = await query<{ produto_id: number; produto_nome: string | null }>(READ_PRODUCT_NAMES, [ids]);
      const nameOf = new Map(names.map(({ produto_id, produto_nome }) => [produto_id, produto_nome]));
      return { products: rows.map((row) => toProduct(row, nameOf)), ...windowFields(window, version, this.time) };
    });
  }

  private windowOf(request: KpiQuery, version: PublishedVersion | undefined): KpiWindow | undefined {
    return windowOf(request, version, this.time, this.env.factoryTz);
  }

  /** The rows of a figure: stored where the default window is asked for and ends where the stored one does. */
  private async figures<Row>(
    query: SnapshotQuery,
    statement: SqlStatement,
    window: KpiWindow,
    more: readonly unknown[] = [],
  ): Promise<Row[]> {
    return (
      (await this.stored<Row>(query, statement, window)) ?? query<Row>(statement, [window.from, window.to, ...more])
    );
  }

  private async stored<Row>(
    query: SnapshotQuery,
    statement: SqlStatement,
    window: KpiWindow,
  ): Promise<Row[] | undefined> {
    if (!window.isDefault) return undefined;
    const stored = (
      await query<{ window_from: Date; window_to: Date; figures: Row[] }>(READ_DEFAULT_WINDOW, [statement.name])
    ).at(0);
    // With CLOCK=wall the default window ends now, which no load can have stored.
    const isSame =
      stored?.window_from.getTime() === window.from.getTime() && stored.window_to.getTime() === window.to.getTime();
    return isSame ? stored?.figures : undefined;
  }

  private async phasesOf(query: SnapshotQuery, version: PublishedVersion, window: KpiWindow): Promise<KpiPhaseDto[]> {
    const readEnded = async (): Promise<KpiPhaseRow[]> =>
      (await this.stored<KpiPhaseRow>(query, KPI_BY_PHASE, window)) ??
      readPhaseWindow(query, version, window, this.time);
    const [rows, now, types] = await Promise.all([
      readEnded(),
      readPhaseNow(query, version, this.env),
      readPhaseTypes(query),
    ]);
    const ended = new Map(rows.map((row) => [row.fase_id, row]));
    const wip = new Map(now.map(({ fase_id, wip_count }) => [fase_id, wip_count]));
    return types
      .filter(({ fase_id }) => ended.has(fase_id) || (wip.get(fase_id) ?? 0) > 0)
      .map(({ fase_id, fase_nome }) => toPhase(fase_id, fase_nome, ended.get(fase_id), wip.get(fase_id) ?? 0));
  }
}

function toPhase(
  fase_id: number,
  fase_nome: string | null,
  row: KpiPhaseRow | undefined,
  wip_count: number,
): KpiPhaseDto {
  return {
    fase_id,
    fase_nome,
    executions: row?.executions ?? 0,
    executions_with_duration: row?.executions_with_duration ?? 0,
    p50_duration_hours: hours(row?.duration_p50_seconds),
    p90_duration_hours: hours(row?.duration_p90_seconds),
    returns: row?.returns ?? 0,
    return_rate: row === undefined ? null : row.returns / row.executions,
    wip_count,
  };
}

function toProduct(row: KpiProductRow, nameOf: ReadonlyMap<number, string | null>): KpiProductDto {
  const { produto_id } = row;
  return {
    produto_id,
    produto_nome: produto_id === null ? null : (nameOf.get(produto_id) ?? null),
    in_catalogue: produto_id !== null && nameOf.has(produto_id),
    orders: row.orders_finished,
    lead_time_h: hours(row.lead_time_p50_seconds),
    avg_cycle_time_hours: hours(row.lead_time_avg_seconds),
    otd_pct: row.orders_with_due === 0 ? null : row.orders_on_time / row.orders_with_due,
    error_rate: row.orders_with_error / row.orders_finished,
    errors_per_order: row.errors / row.orders_finished,
  };
}

function hours(seconds: number | null = null): number | null {
  return seconds === null ? null : seconds / SECONDS_PER_HOUR;
}
