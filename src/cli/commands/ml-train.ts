import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { factoryZone } from '@libs/factory-time';
import { loadEnv } from '../../config/env';
import { Database } from '../../database/database';
import { sessionUrl } from '../../database/session';
import { TRAININGS, type TrainingKind } from '../../ml/models';
import { readSource } from '../../ml/past/read-source';
import { renderCard } from '../../ml/training/card';
import { runTraining } from '../../ml/training/run-training';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { openReadyDatabase } from '../ready-database';

export interface MlTrainOptions {
  trainBefore: string;
  testFrom: string;
  testBefore: string;
  seed: number;
  cards?: string;
}

/**
 * `ml-train`: trains with cuts of one's own and says how good that is; with `--cards` as pages. It changes nothing that
 * is served: for that the server trains itself, with all that is finished.
 *
 * @throws CliError for a kind that is unknown, and while nothing is loaded
 * @returns the exit code
 */
export async function runMlTrain(
  kind: string,
  options: MlTrainOptions,
  out: NodeJS.WritableStream,
  err: NodeJS.WritableStream,
): Promise<number> {
  if (!(kind in TRAININGS))
    throw new CliError('UNKNOWN_TRAINING', `There is no training ${kind}.`, 'Use leadtime, risk or remaining.');
  const env = loadEnv();
  const zone = factoryZone(env.factoryTz);
  const [trainBefore, testFrom, testBefore] = [options.trainBefore, options.testFrom, options.testBefore].map(
    (text) => zone.startOfDay(text) / 1000,
  );
  const target = await openReadyDatabase(env);
  const pool = new pg.Pool({ connectionString: sessionUrl(target.url, 'prodplan-cli'), max: 1 });
  try {
    const database = new Database(pool, target.url);
    const cuts = { trainBefore, validationBefore: testFrom, testFrom, testBefore };
    const { source, orders } = await readSource(
      (statement, values) => database.query(statement, values),
      kind as TrainingKind,
      cuts,
      env.dormantDays,
    );
    if (orders === 0) {
      throw new CliError('NO_RUNS', 'Nothing has been loaded yet.', 'Load a workbook: npm run cli -- ingest FILE');
    }
    const results = await runTraining(
      {
        source,
        cuts,
        seed: options.seed,
        factoryTz: env.factoryTz,
      },
      (done, stage) => err.write(`${(100 * done).toFixed(0).padStart(3)} %  ${stage}\n`),
    );
    const { seed } = options;
    const command =
      `npm run cli -- ml-train ${kind} --train-before ${options.trainBefore} --test-from ${options.testFrom} ` +
      `--test-before ${options.testBefore}${seed === 1 ? '' : ` --seed ${seed}`} --cards docs/ml`;
    for (const { card } of results) {
      const page = renderCard(card, command, (seconds) => zone.dayOf(seconds * 1000));
      if (options.cards === undefined) {
        out.write(page);
        continue;
      }
      await mkdir(options.cards, { recursive: true });
      const file = join(options.cards, `${card.task}.md`);
      await writeFile(file, page);
      out.write(`${file}: ${card.verdict.reason}\n`);
    }
    return EXIT.OK;
  } finally {
    await pool.end();
    await target.close();
  }
}
