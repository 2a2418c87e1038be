import type { SnapshotQuery } from '../published/published-data';
import { sqlFile } from '../database/sql-file';
import type { DigitRange } from './canonical-id';
import type { EtaMethod } from './eta-method';

const PAGE_ORDERS = sqlFile(__dirname, 'sql/page_orders.sql');
const PAGE_ORDERS_OF_PHASE = sqlFile(__dirname, 'sql/page_orders_of_phase.sql');
const PAGE_ORDERS_WITH_PREFIX = sqlFile(__dirname, 'sql/page_orders_with_prefix.sql');
const COUNT_ORDERS = sqlFile(__dirname, 'sql/count_orders.sql');
const COUNT_ORDERS_OF_PHASE = sqlFile(__dirname, 'sql/count_orders_of_phase.sql');
const READ_ORDERS = sqlFile(__dirname, 'sql/read_orders.sql');
const FIND_ORDER = sqlFile(__dirname, 'sql/find_order.sql');
const READ_ORDER_PHASES = sqlFile(__dirname, 'sql/read_order_phases.sql');
const READ_ROUTE = sqlFile(__dirname, 'sql/read_route.sql');

/** Which orders a list is about; a filter that is absent leaves all through. */
export interface OrderFilter {
  createdFrom?: Date;
  createdTo?: Date;
  produtoId?: number;
  faseId?: number;
  idDigits?: DigitRange;
}

/** An order's place in the list: its creation in microseconds since 1970, then its id. */
export type OrderKey = readonly [createdUs: number, ofId: string];

interface OrderKeyRow {
  of_id: string;
  created_us: number;
}

export interface OrderRow {
  of_id: string;
  of_data_criacao: Date;
  of_data_acabamento: Date | null;
  of_data_transporte: Date | null;
  of_produto_id: number | null;
  of_fase_id: number | null;
  produto_in_catalogue: boolean;
  produto_nome: string | null;
  fase_atual_id: number | null;
  fase_atual: string | null;
  is_closed: boolean;
  is_started: boolean;
  last_event_at: Date;
  eta_p50: Date | null;
  eta_p80: Date | null;
  eta_method: EtaMethod | null;
  eta_method_reason: string | null;
}

export interface PhaseRow {
  faseof_id: number;
  faseof_of_id: string;
  faseof_fase_id: number;
  fase_nome: string | null;
  faseof_inicio: Date | null;
  faseof_fim: Date | null;
  faseof_data_prevista: Date | null;
  faseof_sequencia: number | null;
  faseof_peso: number | null;
  faseof_coeficiente: number | null;
  faseof_coeficiente_x: number | null;
  faseof_retorno: number | null;
  faseof_turno: number | null;
  faseof_duration_seconds: number | null;
  /** Null where no phase of the type ever took time. */
  usual_seconds: number | null;
  faseof_is_open: boolean;
  faseof_is_done: boolean;
}

/** Where the phases of an order lie; as text, since a Date would cut the microseconds off. */
interface OrderSpanRow {
  is_known: boolean;
  first_event: string | null;
  last_event: string | null;
}

/** A product with one step of its route; the columns of the step are null together where the route is empty. */
export interface RouteRow {
  in_catalogue: boolean;
  produto_nome: string | null;
  was_ordered: boolean;
  sequencia: number | null;
  fase_id: number | null;
  fase_nome: string | null;
  coeficiente: number | null;
  coeficiente_x: number | null;
}

/** The statements of this module, run inside one snapshot of the published data. */
export class ProdplanQueries {
  constructor(private readonly query: SnapshotQuery) {}

  /**
   * Keys of the next `limit` orders after `after`, newest first. Three statements and not one, because each filter has
   * its own index to walk: one statement for all would sort what it need not.
   */
  async pageOrders(filter: OrderFilter, after: OrderKey | undefined, limit: number): Promise<OrderKey[]> {
    const rows = await this.keyRows(filter, after, limit);
    return rows.map((row) => [row.created_us, row.of_id]);
  }

  /** How many orders the filter leaves, over all pages. */
  async countOrders(filter: OrderFilter): Promise<number> {
    const { idDigits, faseId, produtoId = null, createdFrom = null, createdTo = null } = filter;
    const values = [createdFrom, createdTo, produtoId, idDigits?.from ?? null, idDigits?.to ?? null];
    const [row] = await (faseId === undefined
      ? this.query<{ total: number }>(COUNT_ORDERS, values)
      : this.query<{ total: number }>(COUNT_ORDERS_OF_PHASE, [...values, faseId]));
    return row.total;
  }

  /** The orders of the given ids, newest first; ids that do not exist are left out. */
  readOrders(ofIds: readonly string[]): Promise<OrderRow[]> {
    return this.query<OrderRow>(READ_ORDERS, [ofIds]);
  }

  /**
   * The phases of an order by (faseof_sequencia, faseof_id); undefined when there is no such order. Of the months only
   * those are looked into that the tables for reading name, or all while these are not of the version that is read.
   */
  async readOrderPhases(ofId: string, version: number | undefined): Promise<PhaseRow[] | undefined> {
    const order = (await this.query<OrderSpanRow>(FIND_ORDER, [ofId, version ?? null])).at(0);
    if (order === undefined) return undefined;
    if (order.is_known && order.first_event === null) return [];
    return this.query<PhaseRow>(READ_ORDER_PHASES, [
      ofId,
      order.first_event ?? '-infinity',
      order.last_event ?? 'infinity',
    ]);
  }

  /** The steps of a product's standard route; never empty. */
  readRoute(produtoId: string): Promise<RouteRow[]> {
    return this.query<RouteRow>(READ_ROUTE, [produtoId]);
  }

  private keyRows(filter: OrderFilter, after: OrderKey | undefined, limit: number): Promise<OrderKeyRow[]> {
    const { idDigits, faseId, produtoId = null, createdFrom = null, createdTo = null } = filter;
    const [createdUs, ofId] = after ?? [null, null];
    const values = [limit, createdUs, ofId, createdFrom, createdTo, produtoId];
    if (idDigits) return this.query(PAGE_ORDERS_WITH_PREFIX, [...values, faseId ?? null, idDigits.from, idDigits.to]);
    if (faseId !== undefined) return this.query(PAGE_ORDERS_OF_PHASE, [...values, faseId]);
    return this.query(PAGE_ORDERS, values);
  }
}
