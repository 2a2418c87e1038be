import { join } from 'node:path';
import { HISTORY_DAYS } from '@libs/forecast';
import { historyFrom, watchedFrom } from '@libs/learning';
import { runInThread } from '../../common/run-in-thread';
import { sqlFile } from '../../database/sql-file';
import type { Derivation, MergedRun } from '../derivation';
import { type ComputedForecasts, computeForecasts, type ForecastInput } from './compute-forecasts';
import { readHistoryRows } from './histories';
import { type RemainingChampion, remainingChampion } from './remaining-champion';

const DELETE_FORECASTS = sqlFile(__dirname, 'sql/delete_forecasts.sql');
const INSERT_FORECASTS = sqlFile(__dirname, 'sql/insert_forecasts.sql');

const THREAD = join(__dirname, 'forecast-thread');
const DAY_MS = 86_400_000;
/** Orders from which on a thread is worth its start. Below, the computation takes some milliseconds. */
const THREAD_FROM = 2_000;

/**
 * When each active order will be finished, with what its delay comes from, in analytics.order_forecast. Everything is
 * computed anew at each load: every forecast depends on as_of. It is computed while the other derivations go on. A trained
 * model of remaining times makes the ETAs where it is the champion; it looks a year back, for which more is read.
 */
export const forecastDerivation: Derivation = {
  name: 'forecast',
  async derive(run: MergedRun) {
    const { client, asOf, settings } = run;
    await client.query(DELETE_FORECASTS.text);
    if (asOf === null) return undefined;
    const champion = await remainingChampion(run);
    const { dormantDays, factoryTz } = settings;
    const usual = asOf.getTime() - (HISTORY_DAYS + dormantDays) * DAY_MS;
    const watched = historyFrom(watchedFrom(asOf.getTime() / 1000), (dormantDays * DAY_MS) / 1000) * 1000;
    const since = new Date(champion === undefined ? usual : Math.min(usual, watched));
    const rows = await readHistoryRows(client, since, false);
    const input: ForecastInput = { rows, asOf, dormantDays, factoryTz, ...modelOf(champion) };
    // On a core that PostgreSQL leaves free, and never on the loop that answers requests.
    const computed =
      rows.length < THREAD_FROM
        ? Promise.resolve(computeForecasts(input))
        : runInThread<ComputedForecasts>(THREAD, input);
    // Awaited in the end; if another derivation fails before that, nobody hears of it.
    computed.catch(() => undefined);
    return async () => {
      const { forecasts, choice } = await computed;
      await champion?.note(choice);
      if (forecasts.length > 0) await client.query(INSERT_FORECASTS.text, [JSON.stringify(forecasts)]);
    };
  },
};

/** The part of a champion that a thread can be given. */
function modelOf(champion: RemainingChampion | undefined): Pick<ForecastInput, 'model'> {
  if (champion === undefined) return {};
  const { version, text, damage } = champion;
  return { model: { version, text, damage } };
}
