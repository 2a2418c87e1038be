import { parentPort, workerData } from 'node:worker_threads';
import { factoryZone } from '@libs/factory-time';
import { familyOf } from '@libs/forecast';
import { type Cuts, type FactoryPast, orderTable } from '@libs/learning';
import { learningSetOf, type ModelName } from '../models';
import { startBackend } from './backend';
import type { PartsOf } from './evaluate';
import { type TrainedTask, TooFewRowsError, trainTask } from './train-task';

/** What a training is started with; survives structured clone. */
export interface TrainingInput {
  readonly past: FactoryPast;
  readonly models: readonly ModelName[];
  readonly cuts: Cuts;
  readonly seed: number;
  readonly factoryTz: string;
}

/** What the thread tells. */
export type TrainingMessage =
  | { readonly type: 'progress'; readonly done: number; readonly stage: string }
  | { readonly type: 'too few'; readonly rows: { train: number; validation: number } }
  | { readonly type: 'trained'; readonly results: readonly TrainedTask[] };

async function train({ past, models, cuts, seed, factoryTz }: TrainingInput): Promise<TrainingMessage> {
  const backend = await startBackend();
  const { table } = orderTable(past);
  const zone = factoryZone(factoryTz);
  const parts: PartsOf = {
    quarter: (row) => {
      const [year, month] = zone
        .dayOf(table.begun[row] * 1000)
        .split('-')
        .map(Number);
      return `${year}-Q${Math.ceil(month / 3)}`;
    },
    family: (row) => {
      const name = past.products.get(table.orders[row].product ?? NaN)?.name;
      return (name === undefined ? undefined : familyOf(name)?.family) ?? 'not in the catalogue';
    },
  };
  const results: TrainedTask[] = [];
  try {
    for (const [index, model] of models.entries()) {
      const onProgress = (done: number, stage: string): Promise<void> => {
        tell({ type: 'progress', done: (index + done) / models.length, stage: `${model}: ${stage}` });
        return Promise.resolve();
      };
      results.push(await trainTask(model, learningSetOf(model, table), { cuts, seed, backend, parts, onProgress }));
    }
  } catch (error) {
    if (error instanceof TooFewRowsError) return { type: 'too few', rows: error.rows };
    throw error;
  }
  return { type: 'trained', results };
}

function tell(message: TrainingMessage): void {
  parentPort?.postMessage(message);
}

/* Runs in a worker thread: learns from what it was started with, and tells how far it is. */
void train(workerData as TrainingInput).then(tell, (error: unknown) => {
  // Thrown on the thread's own loop, where its owner hears of it.
  setImmediate(() => {
    throw error;
  });
});
