import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { MemoryWatch, type MemoryPeaks } from './process-memory';

export interface RunOptions {
  signal: AbortSignal;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** the server whose memory is watched besides the command's */
  serverPid?: number;
}

export interface FinishedProcess {
  /** from its start to its end, Node's own start included */
  seconds: number;
  stdout: string;
  peaks: MemoryPeaks | undefined;
}

/**
 * Runs a Node program of this build to its end. Throws with the end of its standard error when it fails, and the
 * signal's reason when it is aborted; the process has ended by then.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<FinishedProcess> {
  const { signal, serverPid } = options;
  signal.throwIfAborted();
  const started = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    env: options.env ?? process.env,
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const watch = serverPid && child.pid ? new MemoryWatch(child.pid, serverPid) : undefined;
  const stdout: string[] = [];
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-2000)));
  try {
    const [code, killedBy] = await end;
    const seconds = (performance.now() - started) / 1000;
    signal.throwIfAborted();
    if (code !== 0) throw new Error(`${args[0]} ended with ${code ?? killedBy}: ${stderr.trim()}`);
    return { seconds, stdout: stdout.join(''), peaks: watch?.peaks };
  } finally {
    watch?.stop();
    signal.removeEventListener('abort', stop);
  }
}
