import type { TimeWindow } from '../common/time-window';
import { sqlFile } from '../database/sql-file';
import type { SnapshotQuery } from '../published/published-data';
import type { GroupRow } from './error-groups';

const READ_GROUPS = sqlFile(__dirname, 'sql/read_groups.sql');
const READ_GROUPS_OF = sqlFile(__dirname, 'sql/read_groups_of.sql');
const READ_PRODUCTS = sqlFile(__dirname, 'sql/read_products.sql');
const READ_PRODUCTS_OF = sqlFile(__dirname, 'sql/read_products_of.sql');
const READ_RISKS = sqlFile(__dirname, 'sql/read_risks.sql');
const READ_RISKS_OF = sqlFile(__dirname, 'sql/read_risks_of.sql');
const COUNT_RISKS = sqlFile(__dirname, 'sql/count_risks.sql');

/** Which errors are counted. */
export interface ErrorFilter {
  window: TimeWindow;
  avaliacao?: number;
  culpada?: number;
  produto?: number;
}

/** Of which orders rates are computed, and how many rows of them are wanted. */
export interface RateFilter {
  window: TimeWindow;
  produto?: number;
  culpada?: number;
  limit: number;
}

export interface ProductRow {
  produto_id: number;
  produto_nome: string | null;
  in_catalogue: boolean;
  orders: number;
  orders_with_errors: number;
  errors: number;
  gravidade_total: number;
  all_products: number;
  all_orders: number;
  all_orders_with_errors: number;
  all_errors: number;
}

export interface RiskRow {
  produto_id: number;
  produto_nome: string | null;
  fase_culpada_id: number;
  fase_nome: string | null;
  orders: number;
  orders_with_errors: number;
  errors: number;
  gravidade_total: number;
  risk_score: number;
}

/** Whether all of history is meant. */
export const isOpen = ({ from, to }: TimeWindow): boolean => from === undefined && to === undefined;

/** The statements of this module. What is asked without a window or filter stands ready, written by the load. */
export class QualityQueries {
  constructor(private readonly query: SnapshotQuery) {}

  readGroups({ window, avaliacao, culpada, produto }: ErrorFilter): Promise<GroupRow[]> {
    const all = isOpen(window) && avaliacao === undefined && culpada === undefined && produto === undefined;
    if (all) return this.query<GroupRow>(READ_GROUPS);
    const values = [window.from ?? null, window.to ?? null, avaliacao ?? null, culpada ?? null, produto ?? null];
    return this.query<GroupRow>(READ_GROUPS_OF, values);
  }

  readProducts({ window, produto, limit }: RateFilter): Promise<ProductRow[]> {
    const values = [produto ?? null, limit];
    if (isOpen(window)) return this.query<ProductRow>(READ_PRODUCTS, values);
    return this.query<ProductRow>(READ_PRODUCTS_OF, [...values, window.from ?? null, window.to ?? null]);
  }

  /** The rows of a page and how many there are without its limit. */
  async readRisks({ window, produto, culpada, limit }: RateFilter): Promise<{ rows: RiskRow[]; total: number }> {
    const filter = [produto ?? null, culpada ?? null];
    if (isOpen(window)) {
      const rows = await this.query<RiskRow>(READ_RISKS, [...filter, limit]);
      const [{ total }] = await this.query<{ total: number }>(COUNT_RISKS, filter);
      return { rows, total };
    }
    const values = [...filter, limit, window.from ?? null, window.to ?? null];
    const rows = await this.query<RiskRow & { total: number }>(READ_RISKS_OF, values);
    return { rows, total: rows.at(0)?.total ?? 0 };
  }
}
