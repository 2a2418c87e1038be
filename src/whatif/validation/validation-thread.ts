import { parentPort } from 'node:worker_threads';
import { validate } from '@libs/simulation';

/* Runs in a worker thread: answers with the report. */
parentPort?.postMessage(validate());
