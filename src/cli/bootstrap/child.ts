import { spawn } from 'node:child_process';

const FORWARDED: NodeJS.Signals[] = ['SIGTERM', 'SIGHUP'];

/** Thrown when this process was asked to end while a child ran; the child has ended by then. */
export class EndedBySignal extends Error {
  constructor(readonly signal: NodeJS.Signals) {
    super(`Ended by ${signal}.`);
  }
}

/**
 * Runs a Node program of this build with this process's terminal and returns its exit code.
 * A signal to this process ends the child first, so that it can let go of the database: SIGTERM is passed on, SIGINT
 * is not, since Ctrl-C reaches the whole group.
 * @throws EndedBySignal after such a signal.
 */
export async function runNode(program: string, args: readonly string[]): Promise<number> {
  let received: NodeJS.Signals | undefined;
  const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
  const onSignal = (signal: NodeJS.Signals): void => {
    received = signal;
    if (FORWARDED.includes(signal)) child.kill(signal);
  };
  const signals: NodeJS.Signals[] = [...FORWARDED, 'SIGINT'];
  for (const signal of signals) process.on(signal, onSignal);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (exitCode) => resolve(exitCode ?? 1));
    });
    if (received !== undefined) throw new EndedBySignal(received);
    return code;
  } finally {
    for (const signal of signals) process.removeListener(signal, onSignal);
  }
}
