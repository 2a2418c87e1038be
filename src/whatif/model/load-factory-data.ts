import type { PoolClient } from 'pg';
import type { FactoryData, PhaseTypeData } from '@libs/factory-model';
import { factoryZone } from '@libs/factory-time';
import { readHistoryRows, toHistory } from '../../analytics/forecast/histories';
import { sqlFile } from '../../database/sql-file';

const READ_PHASE_TYPES = sqlFile(__dirname, 'sql/read_phase_types.sql');
const READ_PRODUCTS = sqlFile(__dirname, 'sql/read_products.sql');

const DAY_MS = 86_400_000;

/** What core is read with. */
export interface LoadSettings {
  readonly factoryTz: string;
  readonly dormantDays: number;
}

/**
 * Reads what models of the factory are made from, up to `days` back.
 *
 * @param asOf the data clock: the models end right after it
 */
export async function loadFactoryData(
  client: Pick<PoolClient, 'query'>,
  asOf: Date,
  days: number,
  { factoryTz, dormantDays }: LoadSettings,
): Promise<FactoryData> {
  const zone = factoryZone(factoryTz);
  const since = new Date(asOf.getTime() - (days + dormantDays) * DAY_MS);
  const rows = await readHistoryRows(client, since, false);
  const { history, orders } = toHistory(rows);
  for (const times of [history.created, history.finished, history.phaseStart, history.phaseEnd]) {
    for (let index = 0; index < times.length; index++) {
      // NaN is no time.
      if (!Number.isNaN(times[index])) times[index] = zone.toWall(Math.round(times[index]));
    }
  }
  const phaseTypes = (await client.query<PhaseTypeData>(READ_PHASE_TYPES.text)).rows;
  const products = (await client.query<{ id: number; name: string | null; route: number[] }>(READ_PRODUCTS.text)).rows;
  return {
    history,
    orders: orders.map(({ ofId, due, isClosed }, order) => ({
      ofId,
      product: rows[order].of_produto_id,
      due: due === null ? null : zone.toWall(zone.startOfDay(zone.dayOf(due.getTime())) / 1000),
      closed: isClosed,
    })),
    phaseTypes,
    products,
    end: zone.toWall(Math.floor(asOf.getTime() / 1000)) + 1,
    dormantSeconds: dormantDays * (DAY_MS / 1000),
  };
}
