import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { sqlFile } from '../../database/sql-file';
import { computeModel } from './compute-model';
import { type DataVersionRow, dataVersionOf, type ModelSettings } from './data-version';

const READ_DATA_VERSION = sqlFile(__dirname, 'sql/read_data_version.sql');

/** What the thread is started with. */
export interface ModelThreadInput {
  readonly connectionString: string;
  readonly settings: ModelSettings;
}

/** What it answers; undefined while nothing with a recorded event is published. */
export type ModelThreadOutput =
  { dataVersion: string; version: number; asOf: Date; model: string; backtest: string } | undefined;

async function build({ connectionString, settings }: ModelThreadInput): Promise<ModelThreadOutput> {
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const client = new pg.Client({ connectionString });
  // A lost connection also fails the statement in hand, which is where it is reported.
  client.on('error', () => undefined);
  await client.connect();
  try {
    // One snapshot: the version and the data belong together.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const row = (await client.query<DataVersionRow>(READ_DATA_VERSION.text)).rows.at(0);
    if (row === undefined || row.as_of === null) return undefined;
    const { model, backtest } = await computeModel(client, row.as_of, settings);
    return {
      dataVersion: dataVersionOf(row, settings),
      version: row.version,
      asOf: row.as_of,
      model: JSON.stringify(model),
      backtest: JSON.stringify(backtest),
    };
  } finally {
    await client.end();
  }
}

/* Runs in a worker thread: reads core by a connection of its own, and answers with the model. */
if (parentPort !== null) {
  void build(workerData as ModelThreadInput).then((output) => parentPort!.postMessage(output));
}
