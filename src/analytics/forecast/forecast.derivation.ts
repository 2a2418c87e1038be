import { join } from 'node:path';
import { HISTORY_DAYS } from '@libs/forecast';
import { runInThread } from '../../common/run-in-thread';
import { sqlFile } from '../../database/sql-file';
import type { Derivation, MergedRun } from '../derivation';
import { computeForecasts, type ForecastRow } from './compute-forecasts';
import { readHistoryRows } from './histories';

const DELETE_FORECASTS = sqlFile(__dirname, 'sql/delete_forecasts.sql');
const INSERT_FORECASTS = sqlFile(__dirname, 'sql/insert_forecasts.sql');

const THREAD = join(__dirname, 'forecast-thread');
const DAY_MS = 86_400_000;
/** Orders from which on a thread is worth its start. Below, the computation takes some milliseconds. */
const THREAD_FROM = 2_000;

/**
 * When each active order will be finished, with what its delay comes from, in analytics.order_forecast. Everything is
 * computed anew at each load: every forecast depends on as_of. It is computed while the other derivations go on.
 */
export const forecastDerivation: Derivation = {
  name: 'forecast',
  async derive(run: MergedRun) {
    const { client, asOf, settings } = run;
    await client.query(DELETE_FORECASTS.text);
    if (asOf === null) return undefined;
    const since = new Date(asOf.getTime() - HISTORY_DAYS * DAY_MS - settings.dormantDays * DAY_MS);
    const rows = await readHistoryRows(client, since, false);
    const input = { rows, asOf, dormantDays: settings.dormantDays, factoryTz: settings.factoryTz };
    // On a core that PostgreSQL leaves free, and never on the loop that answers requests.
    const computed =
      rows.length < THREAD_FROM ? Promise.resolve(computeForecasts(input)) : runInThread<ForecastRow[]>(THREAD, input);
    // Awaited in the end; if another derivation fails before that, nobody hears of it.
    computed.catch(() => undefined);
    return async () => {
      const forecasts = await computed;
      if (forecasts.length > 0) await client.query(INSERT_FORECASTS.text, [JSON.stringify(forecasts)]);
    };
  },
};
