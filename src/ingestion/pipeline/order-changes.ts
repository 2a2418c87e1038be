import { factoryZone } from '@libs/factory-time';
import { sqlFile } from '../../database/sql-file';
import { ORDER_CHANGE_KINDS, type OrderChangeKind, type RunChanges } from '../queries/run-report';
import { onRun, type RunState } from './run-state';

const REMEMBER_ORDERS = sqlFile(__dirname, 'sql/remember_orders.sql');
const COMPARE_ORDERS = sqlFile(__dirname, 'sql/compare_orders.sql');

/** Orders that the report names of each kind of change; the others are counted. */
const EXAMPLES = 10;

interface ChangeRow {
  kind: OrderChangeKind;
  total: number;
  of_id: string;
  produto_nome: string | null;
  before: Date | null;
  after: Date | null;
  days: number | null;
}

/** Keeps what is published of the orders until the load is done. */
export async function rememberOrders(state: RunState): Promise<void> {
  // What a real load changes about sample data says nothing.
  if (state.published === undefined || state.published.sample !== state.sample) return;
  const { factoryTz, dormantDays } = state.settings;
  await onRun(state, REMEMBER_ORDERS, [state.published.runId, factoryTz, dormantDays]);
  state.ordersRemembered = true;
}

/** What the load changed about orders; undefined where there is nothing to compare with. */
export async function changesOfOrders(state: RunState): Promise<RunChanges | undefined> {
  if (!state.ordersRemembered || state.published === undefined || state.asOf === null) return undefined;
  const { factoryTz, dormantDays } = state.settings;
  const { rows } = await onRun<ChangeRow>(state, COMPARE_ORDERS, [state.asOf, factoryTz, dormantDays, EXAMPLES]);
  const zone = factoryZone(factoryTz);
  const iso = (at: Date | null): string | null => at && zone.formatIso(at.getTime());
  return {
    since_run_id: state.published.runId,
    orders: ORDER_CHANGE_KINDS.map((kind) => {
      const found = rows.filter((row) => row.kind === kind);
      return {
        kind,
        count: found.at(0)?.total ?? 0,
        examples: found.map(({ of_id, produto_nome, before, after, days }) => ({
          of_id,
          produto_nome,
          before: iso(before),
          after: iso(after),
          days,
        })),
      };
    }),
  };
}
