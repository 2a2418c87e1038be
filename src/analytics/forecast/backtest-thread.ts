import { parentPort, workerData } from 'node:worker_threads';
import { type BacktestInput, tryOnThePast } from './try-on-the-past';

/* Runs in a worker thread: answers with what forecasts at past moments came to. */
parentPort?.postMessage(tryOnThePast(workerData as BacktestInput));
