import type { TimeWindow } from '../common/time-window';
import { sqlFile } from '../database/sql-file';
import type { SnapshotQuery } from '../published/published-data';

const READ_WIP = sqlFile(__dirname, 'sql/read_wip.sql');
const READ_WIP_MASS = sqlFile(__dirname, 'sql/read_wip_mass.sql');
const READ_GELCOAT_OF_ACTIVE = sqlFile(__dirname, 'sql/read_gelcoat_of_active.sql');
const READ_GELCOAT_OF_WINDOW = sqlFile(__dirname, 'sql/read_gelcoat_of_window.sql');
const READ_DUE_RISK = sqlFile(__dirname, 'sql/read_due_risk.sql');
const COUNT_MATERIALS = sqlFile(__dirname, 'sql/count_materials.sql');
const COUNT_ORDERS = sqlFile(__dirname, 'sql/count_orders.sql');

export interface WipFilter {
  fase?: number;
  produto?: number;
}

/** What makes an order active at an instant. */
export interface ActiveSince {
  asOf: Date | null;
  /** An order without an event since then is dormant; null: none is. */
  awakeFrom: Date | null;
}

export interface WipRow {
  fase_id: number;
  fase_nome: string | null;
  wip_count: number;
  age_p50_seconds: number | null;
  age_p90_seconds: number | null;
  age_avg_seconds: number | null;
}

export interface MassRow {
  fase_id: number;
  fase_nome: string | null;
  produto_id: number | null;
  wip_count: number;
  /** Null when no order of the row has a known mass. */
  mass_kg: number | null;
  without_mass: number;
  /** Orders whose mass is the catalogue's. */
  estimated: number;
}

export interface GelcoatRow {
  produto_id: number;
  produto_nome: string | null;
  deck: number | null;
  casco: number | null;
  orders: number;
  active_orders: number;
}

export interface DueRow {
  of_id: string;
  produto_id: number;
  produto_nome: string | null;
  fase_atual_id: number;
  fase_atual: string | null;
  due: Date;
  /** Probability of a finish after the due day, 0..1. */
  p_late: number;
  eta_p50: Date;
  eta_p80: Date;
}

export interface MaterialCounts {
  products: number;
  with_gel_deck: number;
  with_gel_casco: number;
}

/** The statements of this module, run inside one snapshot of the published data. */
export class InventoryQueries {
  constructor(private readonly query: SnapshotQuery) {}

  readWip({ asOf, awakeFrom }: ActiveSince, { fase, produto }: WipFilter): Promise<WipRow[]> {
    return this.query<WipRow>(READ_WIP, [asOf, awakeFrom, fase ?? null, produto ?? null]);
  }

  readMass({ awakeFrom }: ActiveSince, { fase, produto }: WipFilter): Promise<MassRow[]> {
    return this.query<MassRow>(READ_WIP_MASS, [awakeFrom, fase ?? null, produto ?? null]);
  }

  /** Without a window of the active orders, with one of the orders created in it. */
  readGelcoat({ awakeFrom }: ActiveSince, produto: number | undefined, window: TimeWindow): Promise<GelcoatRow[]> {
    const { from, to } = window;
    const values = [awakeFrom, produto ?? null];
    if (from === undefined && to === undefined) return this.query<GelcoatRow>(READ_GELCOAT_OF_ACTIVE, values);
    return this.query<GelcoatRow>(READ_GELCOAT_OF_WINDOW, [...values, from ?? null, to ?? null]);
  }

  readDueRisk({ awakeFrom }: ActiveSince, limit: number): Promise<DueRow[]> {
    return this.query<DueRow>(READ_DUE_RISK, [awakeFrom, limit]);
  }

  async countMaterials(): Promise<MaterialCounts> {
    const [counts] = await this.query<MaterialCounts>(COUNT_MATERIALS);
    return counts;
  }

  async countOrders(): Promise<number> {
    const [{ orders }] = await this.query<{ orders: number }>(COUNT_ORDERS);
    return orders;
  }
}
