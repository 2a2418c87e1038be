import { parentPort, workerData } from 'node:worker_threads';
import { computeForecasts, type ForecastInput } from './compute-forecasts';

/* Runs in a worker thread: answers with the forecasts of what it was started with. */
parentPort?.postMessage(computeForecasts(workerData as ForecastInput));
