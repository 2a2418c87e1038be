import { join } from 'node:path';
import { type BacktestMoment, HISTORY_DAYS } from '@libs/forecast';
import { factoryZone } from '@libs/factory-time';
import { runInThread } from '../../common/run-in-thread';
import type { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import type { DerivationRun } from '../derivation';
import { readHistoryRows } from './histories';
import { type BacktestInput, tryOnThePast } from './try-on-the-past';

const LOCK_BACKTEST = sqlFile(__dirname, 'sql/lock_backtest.sql');
const READ_BACKTEST_DATA = sqlFile(__dirname, 'sql/read_backtest_data.sql');
const READ_BACKTEST_VERSION = sqlFile(__dirname, 'sql/read_backtest_version.sql');
const DELETE_BACKTEST = sqlFile(__dirname, 'sql/delete_backtest.sql');
const INSERT_BACKTEST = sqlFile(__dirname, 'sql/insert_backtest.sql');

const THREAD = join(__dirname, 'backtest-thread');
const MONTHS = 24;
const DAY_MS = 86_400_000;
/** Orders from which on a thread is worth its start. */
const THREAD_FROM = 2_000;

/**
 * Makes the forecasts of the first of each month of the last two years, as of then, and stores what they came to, for
 * the published version. Safe to run at any time, also twice at once or beside a load.
 *
 * @returns how many moments were computed; 0 while nothing with a recorded event is published
 */
export async function computeBacktest(
  database: Database,
  settings: Pick<DerivationRun['settings'], 'factoryTz' | 'dormantDays'>,
  signal?: AbortSignal,
): Promise<number> {
  return database.transaction(
    async (client) => {
      await client.query(LOCK_BACKTEST.text);
      const { rows: versions } = await client.query<{ version: number; as_of: Date | null }>(READ_BACKTEST_DATA.text);
      await client.query(DELETE_BACKTEST.text);
      const published = versions.at(0);
      const asOf = published?.as_of ?? null;
      if (published === undefined || asOf === null) return 0;
      const moments = firstsOfMonths(asOf, settings.factoryTz);
      const since = new Date(moments[0] - (HISTORY_DAYS + settings.dormantDays) * DAY_MS);
      const rows = await readHistoryRows(client, since, true);
      const input: BacktestInput = { rows, asOf, moments, dormantDays: settings.dormantDays };
      const results =
        rows.length < THREAD_FROM ? tryOnThePast(input) : await runInThread<BacktestMoment[]>(THREAD, input, signal);
      const stored = results.map((result) => ({
        moment: new Date(result.moment * 1000).toISOString(),
        version: published.version,
        as_of: asOf.toISOString(),
        active: result.active,
        finished: result.finished,
        absolute_error_seconds: result.absoluteError,
        signed_error_seconds: result.signedError,
        naive_absolute_error_seconds: result.naiveAbsoluteError,
        naive_signed_error_seconds: result.naiveSignedError,
        covered: result.covered,
        missed_unfinished: result.missedUnfinished,
        left_out: result.leftOut,
        not_forecast: result.notForecast,
      }));
      await client.query(INSERT_BACKTEST.text, [JSON.stringify(stored)]);
      return stored.length;
    },
    { isolation: 'repeatable read' },
  );
}

/** Whether the stored backtest is that of the published data. */
export async function isBacktestCurrent(database: Database): Promise<boolean> {
  const [{ is_current }] = await database.query<{ is_current: boolean }>(READ_BACKTEST_VERSION);
  return is_current;
}

/** The beginnings, in milliseconds and factory time, of the last 24 months that began before `asOf`; oldest first. */
export function firstsOfMonths(asOf: Date, factoryTz: string): number[] {
  const zone = factoryZone(factoryTz);
  const [year, month] = zone.dayOf(asOf.getTime()).split('-').map(Number);
  const firsts = Array.from({ length: MONTHS + 1 }, (_, back) =>
    zone.startOfDay(new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 10)),
  );
  return firsts
    .filter((first) => first < asOf.getTime())
    .slice(0, MONTHS)
    .reverse();
}
