import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { TooFewRowsError, type TrainedTask } from './train-task';
import type { TrainingInput, TrainingMessage } from './training-thread';

/**
 * Trains in a thread, so that no request waits for it.
 *
 * @param signal ends the thread at once; what it learned so far is lost
 * @throws TooFewRowsError when there are too few finished orders
 */
export function runTraining(
  input: TrainingInput,
  onProgress: (done: number, stage: string) => void,
  signal?: AbortSignal,
): Promise<readonly TrainedTask[]> {
  const built = join(__dirname, 'training-thread.js');
  const isBuilt = existsSync(built);
  return new Promise((resolve, reject) => {
    const worker = new Worker(isBuilt ? built : join(__dirname, 'training-thread.ts'), {
      workerData: input,
      execArgv: isBuilt ? undefined : ['--require', '@swc-node/register'],
    });
    const abort = (): void => {
      void worker.terminate();
      reject(signal?.reason instanceof Error ? signal.reason : new Error('The training was ended.'));
    };
    signal?.addEventListener('abort', abort, { once: true });
    worker.on('message', (message: TrainingMessage) => {
      if (message.type === 'progress') onProgress(message.done, message.stage);
      else if (message.type === 'too few') reject(new TooFewRowsError(message.rows));
      else resolve(message.results);
    });
    // Not once: a second error that nobody hears would end the process.
    worker.on('error', reject);
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', abort);
      reject(new Error(`the training's thread ended with ${code} and without an answer`));
    });
  });
}
