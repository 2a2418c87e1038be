import type { PoolClient } from 'pg';
import { type History, historyOf, type HistoryOrder } from '@libs/forecast';
import { sqlFile } from '../../database/sql-file';

/** Values: the moment that orders must have been alive since, and whether the others are wanted without their phases. */
export const READ_HISTORIES = sqlFile(__dirname, 'sql/read_histories.sql');

/** What a forecast is for, beside the history's row of the same index. */
export interface KnownOrder {
  readonly ofId: number;
  readonly due: Date | null;
  readonly isClosed: boolean;
}

/** An order with its phases as text, as the statement gives it. */
export interface HistoryRow {
  of_id: number;
  of_produto_id: number | null;
  produto_nome: string | null;
  created: number;
  finished: number | null;
  due: Date | null;
  is_closed: boolean;
  phases: string | null;
}

/**
 * Reads what happened to the orders alive since `since`, by of_id.
 *
 * @param withOlder also those not alive since then, without their phases: their lead times count
 */
export async function readHistoryRows(
  client: Pick<PoolClient, 'query'>,
  since: Date,
  withOlder: boolean,
): Promise<HistoryRow[]> {
  return (await client.query<HistoryRow>(READ_HISTORIES.text, [since, withOlder])).rows;
}

/** The rows as the engine takes them, and what it need not know of them. */
export function toHistory(rows: readonly HistoryRow[]): { history: History; orders: KnownOrder[] } {
  return {
    history: historyOf(toHistoryOrders(rows)),
    orders: rows.map((row) => ({ ofId: row.of_id, due: row.due, isClosed: row.is_closed })),
  };
}

/** The rows as the engine puts a history together from. */
export function toHistoryOrders(rows: readonly HistoryRow[]): HistoryOrder[] {
  return rows.map(toHistoryOrder);
}

function toHistoryOrder(row: HistoryRow): HistoryOrder {
  return {
    created: row.created,
    finished: row.finished ?? undefined,
    product: row.of_produto_id ?? undefined,
    productName: row.produto_nome ?? undefined,
    phases: row.phases === null ? [] : row.phases.split(';').map(toPhase),
  };
}

function toPhase(text: string): HistoryOrder['phases'][number] {
  const [type, start, end, isReturn, isAutomatic] = text.split(',');
  return {
    type: Number(type),
    start: start === '' ? undefined : Number(start),
    end: end === '' ? undefined : Number(end),
    isReturn: isReturn === '1',
    isAutomatic: isAutomatic === '1',
  };
}
