import { Inject, Injectable } from '@nestjs/common';
import { CacheService } from '../cache/cache.service';
import { FactoryTime } from '../common/factory-time';
import { filterOfTwoNames, timeWindow } from '../common/time-window';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { isPrepared } from '../published/figures/prepared';
import { freshness } from '../published/freshness';
import type {
  ErrorsOfProductDto,
  QualityByPhaseDto,
  QualityByProductDto,
  QualityOverviewDto,
  QualityRiskDto,
  QualityRiskRowDto,
} from './dto/quality.dto';
import type { ErrorsQuery, RatesQuery, RiskQuery } from './dto/quality.query';
import { ErrorGroups } from './error-groups';
import {
  type ErrorFilter,
  isOpen,
  type ProductRow,
  QualityQueries,
  type RateFilter,
  type RiskRow,
} from './quality.queries';
import { riskLevel } from './risk-level';
import { monthsOf, readRisksOfMonths } from './risk-window';

const DEFAULT_LIMIT = 200;

/** Errors as the published load has them. */
@Injectable()
export class QualityService {
  constructor(
    private readonly cache: CacheService,
    private readonly time: FactoryTime,
    @Inject(ENV) private readonly env: Pick<Env, 'factoryTz'>,
  ) {}

  /** @throws InvalidRequestError for a window that ends before it begins, or filters that contradict each other. */
  async overview(request: ErrorsQuery): Promise<QualityOverviewDto> {
    const filter = this.errorFilter(request);
    return this.cache.remember('quality.overview', keyOf(filter), async (query, version) => {
      const groups = new ErrorGroups(await new QualityQueries(query).readGroups(filter));
      return {
        total_erros: groups.errors,
        total_errors: groups.errors,
        erros_por_gravidade: groups.bySeverity,
        erros_por_fase: groups.phases(),
        heatmap: groups.heatmap(),
        trend: groups.trend(),
        top_descriptions: groups.topDescriptions(),
        ...freshness(version, this.time),
      };
    });
  }

  /** @throws InvalidRequestError as overview. */
  async byPhase(request: ErrorsQuery): Promise<QualityByPhaseDto> {
    const filter = this.errorFilter(request);
    return this.cache.remember('quality.by-phase', keyOf(filter), async (query, version) => {
      const groups = new ErrorGroups(await new QualityQueries(query).readGroups(filter));
      return { phases: groups.phases(), total_erros: groups.errors, ...freshness(version, this.time) };
    });
  }

  /** @throws InvalidRequestError as overview. */
  async byProduct(request: RatesQuery): Promise<QualityByProductDto> {
    const filter = this.rateFilter(request);
    return this.cache.remember('quality.by-product', keyOf(filter), async (query, version) => {
      const rows = await new QualityQueries(query).readProducts(filter);
      const first = rows.at(0);
      return {
        products: rows.map(toProduct),
        total: first?.all_products ?? 0,
        total_orders: first?.all_orders ?? 0,
        total_orders_with_errors: first?.all_orders_with_errors ?? 0,
        total_erros: first?.all_errors ?? 0,
        ...freshness(version, this.time),
      };
    });
  }

  /** @throws InvalidRequestError as overview. */
  async risk(request: RiskQuery): Promise<QualityRiskDto> {
    const filter = { ...this.rateFilter(request), culpada: request.fase_culpada_id };
    return this.cache.remember('quality.risk', keyOf(filter), async (query, version) => {
      const months = monthsOf(filter.window, this.time);
      const byMonths =
        !isOpen(filter.window) && months !== undefined && version !== undefined && (await isPrepared(query, version));
      const { rows, total } = byMonths
        ? await readRisksOfMonths(query, months, filter, this.env.factoryTz)
        : await new QualityQueries(query).readRisks(filter);
      return { risks: rows.map(toRisk), total, ...freshness(version, this.time) };
    });
  }

  private errorFilter(request: ErrorsQuery): ErrorFilter {
    const { from, to, produto_id, modelo_id, fase_avaliacao_id, fase_culpada_id } = request;
    return {
      window: timeWindow(this.time, from, to),
      avaliacao: fase_avaliacao_id,
      culpada: fase_culpada_id,
      produto: filterOfTwoNames({ produto_id, modelo_id }),
    };
  }

  private rateFilter({ from, to, produto_id, modelo_id, limit }: RatesQuery): RateFilter {
    return {
      window: timeWindow(this.time, from, to),
      produto: filterOfTwoNames({ produto_id, modelo_id }),
      limit: limit ?? DEFAULT_LIMIT,
    };
  }
}

function keyOf({ window, ...filter }: ErrorFilter | RateFilter) {
  return { ...window, ...filter };
}

function toProduct(row: ProductRow): ErrorsOfProductDto {
  return {
    produto_id: row.produto_id,
    produto_nome: row.produto_nome,
    in_catalogue: row.in_catalogue,
    orders: row.orders,
    orders_with_errors: row.orders_with_errors,
    erro_rate_produto: row.orders_with_errors / row.orders,
    total_erros: row.errors,
    errors_per_order: row.errors / row.orders,
    gravidade_avg: row.errors === 0 ? null : row.gravidade_total / row.errors,
  };
}

function toRisk(row: RiskRow): QualityRiskRowDto {
  return {
    produto_id: row.produto_id,
    fase_id: row.fase_culpada_id,
    risk_score: row.risk_score,
    historical_rate: row.orders_with_errors / row.orders,
    modelo_id: row.produto_id,
    // The contract's names are optional, not nullable.
    ...(row.produto_nome === null ? {} : { modelo_nome: row.produto_nome, produto_nome: row.produto_nome }),
    ...(row.fase_nome === null ? {} : { fase_nome: row.fase_nome, fase_culpada: row.fase_nome }),
    fase_culpada_id: row.fase_culpada_id,
    orders: row.orders,
    orders_with_errors: row.orders_with_errors,
    error_count: row.errors,
    gravidade_avg: row.gravidade_total / row.errors,
    risk_level: riskLevel(row.risk_score),
  };
}
