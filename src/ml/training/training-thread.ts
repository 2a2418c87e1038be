import { parentPort, workerData } from 'node:worker_threads';
import { factoryZone } from '@libs/factory-time';
import { familyOf, NOT_STARTED } from '@libs/forecast';
import {
  type Cuts,
  type FactoryPast,
  type LearningSet,
  looksOf,
  lookTable,
  orderTable,
  remainingSet,
} from '@libs/learning';
import { toHistoryOrders } from '../../analytics/forecast/histories';
import { learningSetOf, type ModelName, type OrderModel } from '../models';
import type { LookedOrders } from '../past/read-looked-orders';
import { startBackend } from './backend';
import type { PartsOf } from './evaluate';
import { type TrainedTask, TooFewRowsError, trainTask } from './train-task';

/** What is learned from: orders as known at their creation, or orders in process. */
export type TrainingSource =
  | { readonly kind: 'orders'; readonly past: FactoryPast; readonly models: readonly OrderModel[] }
  | { readonly kind: 'looks'; readonly looked: LookedOrders };

/** What a training is started with; survives structured clone. */
export interface TrainingInput {
  readonly source: TrainingSource;
  readonly cuts: Cuts;
  readonly seed: number;
  readonly factoryTz: string;
}

/** What the thread tells. */
export type TrainingMessage =
  | { readonly type: 'progress'; readonly done: number; readonly stage: string }
  | { readonly type: 'too few'; readonly rows: { train: number; validation: number } }
  | { readonly type: 'trained'; readonly results: readonly TrainedTask[] };

interface Task {
  readonly model: ModelName;
  readonly set: LearningSet;
  readonly parts: PartsOf;
}

async function train({ source, cuts, seed, factoryTz }: TrainingInput): Promise<TrainingMessage> {
  const backend = await startBackend();
  const quarterOf = quartersIn(factoryTz);
  const tasks = source.kind === 'orders' ? orderTasks(source, quarterOf) : [lookTask(source.looked, cuts, quarterOf)];
  const results: TrainedTask[] = [];
  try {
    for (const [index, { model, set, parts }] of tasks.entries()) {
      const onProgress = (done: number, stage: string): Promise<void> => {
        tell({ type: 'progress', done: (index + done) / tasks.length, stage: `${model}: ${stage}` });
        return Promise.resolve();
      };
      results.push(await trainTask(model, set, { cuts, seed, backend, parts, onProgress }));
    }
  } catch (error) {
    if (error instanceof TooFewRowsError) return { type: 'too few', rows: error.rows };
    throw error;
  }
  return { type: 'trained', results };
}

function quartersIn(factoryTz: string): (seconds: number) => string {
  const zone = factoryZone(factoryTz);
  return (seconds) => {
    const [year, month] = zone
      .dayOf(seconds * 1000)
      .split('-')
      .map(Number);
    return `${year}-Q${Math.ceil(month / 3)}`;
  };
}

function familyNamed(productName: string | undefined): string {
  return (productName === undefined ? undefined : familyOf(productName)?.family) ?? 'not in the catalogue';
}

function orderTasks(
  { past, models }: Extract<TrainingSource, { kind: 'orders' }>,
  quarterOf: (seconds: number) => string,
): Task[] {
  const { table } = orderTable(past);
  const parts: PartsOf = {
    quarter: (row) => quarterOf(table.begun[row]),
    family: (row) => familyNamed(past.products.get(table.orders[row].product ?? NaN)?.name),
  };
  return models.map((model) => ({ model, set: learningSetOf(model, table), parts }));
}

function lookTask(
  { rows, phaseNames, dormantDays }: LookedOrders,
  cuts: Cuts,
  quarterOf: (seconds: number) => string,
): Task {
  const orders = toHistoryOrders(rows);
  const latest = orders.reduce((last, { created, finished = created }) => Math.max(last, created, finished), 0);
  const table = lookTable(orders, looksOf(cuts, latest), dormantDays * 86_400);
  const parts: PartsOf = {
    quarter: (row) => quarterOf(table.begun[row]),
    family: (row) => familyNamed(orders[table.order[row]].productName),
    phase: (row) => {
      const phase = table.phase[row];
      return phase === NOT_STARTED ? 'not started' : (phaseNames.get(phase) ?? `Fase ${phase}`);
    },
  };
  return { model: 'remaining', set: remainingSet(table, cuts.trainBefore), parts };
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
