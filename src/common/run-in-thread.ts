import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/**
 * Computes in a thread of its own, off the loop that answers requests. The thread's program posts one message, its answer,
 * to its parent. From sources the TypeScript file is run, from a build the JavaScript beside it. The thread does not keep
 * the process from ending.
 *
 * @param program path of the program without its extension
 * @param signal ends the thread
 * @throws what the thread throws, what `signal` was aborted with, or Error when it ends without an answer
 */
export function runInThread<T>(program: string, workerData?: unknown, signal?: AbortSignal): Promise<T> {
  signal?.throwIfAborted();
  const isBuilt = existsSync(`${program}.js`);
  return new Promise((resolve, reject) => {
    const worker = new Worker(isBuilt ? `${program}.js` : `${program}.ts`, {
      workerData,
      execArgv: isBuilt ? undefined : ['--require', '@swc-node/register'],
    });
    worker.unref();
    worker.once('message', resolve);
    // Not once: a second error that nobody hears would end the process.
    worker.on('error', reject);
    const stop = (): void => void worker.terminate();
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      const reason: unknown = signal?.reason;
      reject(reason instanceof Error ? reason : new Error(`the thread ended with ${code} and without an answer`));
    });
  });
}
