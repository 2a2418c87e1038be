import { computeBacktest } from '../../analytics/forecast/compute-backtest';
import { loadEnv } from '../../config/env';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { withDatabase } from '../with-database';

/**
 * `backtest`: tries the ETAs on the last two years and stores what they came to for GET /api/prodplan/eta/backtest.
 *
 * @throws CliError NO_RUNS while nothing is loaded
 * @returns the exit code
 */
export async function runBacktest(out: NodeJS.WritableStream): Promise<number> {
  const env = loadEnv();
  return withDatabase(env, async (database) => {
    const moments = await computeBacktest(database, env);
    if (moments === 0) {
      throw new CliError('NO_RUNS', 'Nothing has been loaded yet.', 'Load a workbook: npm run cli -- ingest FILE');
    }
    out.write(`Forecasts at ${moments} moments are compared with what happened: GET /api/prodplan/eta/backtest\n`);
    return EXIT.OK;
  });
}
