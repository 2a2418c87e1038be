import { Inject, Injectable } from '@nestjs/common';
import { CacheService } from '../cache/cache.service';
import { InvalidRequestError } from '../common/domain-error';
import { FactoryTime } from '../common/factory-time';
import { OpaqueCursor } from '../common/opaque-cursor';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { freshness } from '../published/freshness';
import type { PublishedVersion } from '../published/published-data';
import { digitRange, parseCanonicalId } from './canonical-id';
import type { OrderListQuery } from './dto/order-list.query';
import type { OrderPhaseDto, OrderPhasesDto } from './dto/order-phases.dto';
import type { OrderDetailDto, OrderDto, OrderListDto } from './dto/order.dto';
import { isDormant, orderStatus } from './order-status';
import { OrderNotFoundError } from './prodplan.errors';
import { type OrderFilter, type OrderKey, type OrderRow, type PhaseRow, ProdplanQueries } from './prodplan.queries';

const DEFAULT_LIMIT = 50;
const SECONDS_PER_HOUR = 3600;

const CURSOR = new OpaqueCursor<OrderKey>(
  'orders.1',
  ([createdUs, ofId, ...rest]) =>
    Number.isSafeInteger(createdUs) &&
    typeof ofId === 'string' &&
    parseCanonicalId(ofId) !== undefined &&
    rest.length === 0,
);

/** Orders as the published load has them. */
@Injectable()
export class OrdersService {
  constructor(
    private readonly cache: CacheService,
    private readonly time: FactoryTime,
    @Inject(ENV) private readonly env: Pick<Env, 'dormantDays'>,
  ) {}

  /** @throws InvalidRequestError for a tampered cursor or filters that contradict each other. */
  async list(request: OrderListQuery): Promise<OrderListDto> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = request.cursor === undefined ? undefined : CURSOR.decode(request.cursor);
    const filter = this.filterOf(request);
    const question = { ...request, limit };
    return this.cache.remember('prodplan.orders', question, async (query, version) => {
      const queries = new ProdplanQueries(query);
      // One key more than the page: it is there exactly when there is a next page.
      const [keys, total] = await Promise.all([
        filter === undefined ? [] : queries.pageOrders(filter, after, limit + 1),
        filter === undefined || !request.include_total ? 0 : queries.countOrders(filter),
      ]);
      const page = keys.slice(0, limit);
      const last = keys.length > limit ? page.at(-1) : undefined;
      const rows = page.length === 0 ? [] : await queries.readOrders(page.map(([, ofId]) => ofId));
      return {
        orders: rows.map((row) => this.toOrder(row, version)),
        next_cursor: last === undefined ? null : CURSOR.encode(last),
        ...(request.include_total ? { total } : {}),
        ...freshness(version, this.time),
      };
    });
  }

  /** @throws OrderNotFoundError for an unknown id and for any text that is no id. */
  async detail(ofId: string): Promise<OrderDetailDto> {
    const id = parseCanonicalId(ofId);
    if (id === undefined) throw new OrderNotFoundError(ofId);
    return this.cache.remember('prodplan.order', { id }, async (query, version) => {
      const row = (await new ProdplanQueries(query).readOrders([id])).at(0);
      if (row === undefined) throw new OrderNotFoundError(ofId);
      const { eta_method_reason: reason } = row;
      return {
        ...this.toOrder(row, version),
        ...(reason === null ? {} : { eta_method_reason: reason }),
        ...freshness(version, this.time),
      };
    });
  }

  /** @throws OrderNotFoundError for an unknown id and for any text that is no id. */
  async phases(ofId: string): Promise<OrderPhasesDto> {
    const id = parseCanonicalId(ofId);
    if (id === undefined) throw new OrderNotFoundError(ofId);
    return this.cache.remember('prodplan.order-phases', { id }, async (query, version) => {
      const rows = await new ProdplanQueries(query).readOrderPhases(id, version?.version);
      if (rows === undefined) throw new OrderNotFoundError(ofId);
      return { phases: rows.map((row) => this.toPhase(row)), ...freshness(version, this.time) };
    });
  }

  /** The filter of a request, or undefined when no order can match it. */
  private filterOf(request: OrderListQuery): OrderFilter | undefined {
    const { produto_id, modelo_id, data_criacao_from, data_criacao_to, of_id } = request;
    if (produto_id !== undefined && modelo_id !== undefined && produto_id !== modelo_id) {
      throw new InvalidRequestError(
        `produto_id is ${produto_id} and modelo_id is ${modelo_id}: they are two names of one filter, give one.`,
      );
    }
    const createdFrom = data_criacao_from === undefined ? undefined : this.time.parse(data_criacao_from);
    const createdTo = data_criacao_to === undefined ? undefined : this.time.parse(data_criacao_to);
    if (createdFrom && createdTo && createdFrom > createdTo) {
      throw new InvalidRequestError(
        `data_criacao_from is '${data_criacao_from}': it must not be after data_criacao_to, '${data_criacao_to}'.`,
      );
    }
    const typed = of_id?.trim();
    const idDigits = typed ? digitRange(typed) : undefined;
    if (typed && idDigits === undefined) return undefined;
    return { createdFrom, createdTo, produtoId: produto_id ?? modelo_id, faseId: request.fase_id, idDigits };
  }

  private toOrder(row: OrderRow, version: PublishedVersion | undefined): OrderDto {
    const asOf = version?.asOf ?? null;
    const due = row.of_data_transporte;
    const facts = {
      isClosed: row.is_closed,
      isStarted: row.is_started,
      dueDay: due === null ? undefined : this.time.dayOf(due),
      etaDay: row.eta_p50 === null ? undefined : this.time.dayOf(row.eta_p50),
    };
    return {
      of_id: row.of_id,
      of_data_criacao: this.time.iso(row.of_data_criacao),
      of_data_acabamento: this.time.isoOrNull(row.of_data_acabamento),
      of_data_transporte: this.time.isoOrNull(due),
      of_produto_id: row.of_produto_id,
      of_fase_id: row.of_fase_id,
      status: orderStatus(facts, asOf === null ? undefined : this.time.dayOf(asOf)),
      due_date: this.time.isoOrNull(due),
      eta: this.time.isoOrNull(row.eta_p50),
      eta_p80: this.time.isoOrNull(row.eta_p80),
      eta_method: row.eta_method,
      dormant: isDormant(row.is_closed, row.last_event_at, asOf, this.env.dormantDays),
      produto_nome: row.produto_nome,
      produto_in_catalogue: row.produto_in_catalogue,
      fase_atual_id: row.fase_atual_id,
      fase_atual: row.fase_atual,
    };
  }

  private toPhase(row: PhaseRow): OrderPhaseDto {
    const inicio = this.time.isoOrNull(row.faseof_inicio);
    const fim = this.time.isoOrNull(row.faseof_fim);
    const seconds = row.faseof_duration_seconds;
    return {
      of_fase_id: row.faseof_id,
      fase_id: row.faseof_fase_id,
      // The page prints it as it is and has no word of its own for a nameless type.
      fase_nome: row.fase_nome ?? `Fase ${row.faseof_fase_id}`,
      of_id: row.faseof_of_id,
      started_at: inicio,
      ended_at: fim,
      duration_hours: seconds === null ? null : seconds / SECONDS_PER_HOUR,
      desvio_hours: deviationHours(seconds, row.usual_seconds),
      status: row.faseof_is_done ? 'DONE' : row.faseof_is_open ? 'IN_PROGRESS' : 'PENDING',
      faseof_id: String(row.faseof_id),
      faseof_of_id: row.faseof_of_id,
      faseof_fase_id: row.faseof_fase_id,
      faseof_inicio: inicio,
      faseof_fim: fim,
      faseof_data_prevista: this.time.isoOrNull(row.faseof_data_prevista),
      faseof_sequencia: row.faseof_sequencia,
      faseof_peso: row.faseof_peso,
      faseof_coeficiente: row.faseof_coeficiente,
      faseof_coeficiente_x: row.faseof_coeficiente_x,
      faseof_retorno: row.faseof_retorno,
      faseof_turno: row.faseof_turno,
    };
  }
}

/** Hours above the usual duration; length 0 marks an event and deviates from nothing. */
function deviationHours(seconds: number | null, usual: number | null): number | null {
  return seconds === null || seconds <= 0 || usual === null ? null : (seconds - usual) / SECONDS_PER_HOUR;
}
