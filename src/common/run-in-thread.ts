import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/**
 * Computes in a thread of its own, off the loop that answers requests. The thread's program posts one message, its answer,
 * to its parent. From sources the TypeScript file is run, from a build the JavaScript beside it. The thread does not keep
 * the process from ending.
 *
 * @param program path of the program without its extension
 * @throws what the thread throws, or Error when it ends without an answer
 */
export function runInThread<T>(program: string, workerData?: unknown): Promise<T> {
  const isBuilt = existsSync(`${program}.js`);
  return new Promise((resolve, reject) => {
    const worker = new Worker(isBuilt ? `${program}.js` : `${program}.ts`, {
      workerData,
      execArgv: isBuilt ? undefined : ['--require', '@swc-node/register'],
    });
    worker.unref();
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread ended with ${code} and without an answer`)));
  });
}
