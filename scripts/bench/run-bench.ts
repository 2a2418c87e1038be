import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The frame of a benchmark's program: `work` has a folder that goes away with it, whatever happens, and a signal that
 * ends it on Ctrl-C. What it throws is printed, and the exit code says so.
 */
export function runBench(work: (workDir: string, signal: AbortSignal) => Promise<void>): void {
  const main = async (): Promise<void> => {
    const stop = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.on(name, () => stop.abort(new Error(`ended by ${name}`)));
    }
    const workDir = mkdtempSync(join(tmpdir(), 'prodplan-bench-'));
    chmodSync(workDir, 0o755);
    try {
      await work(workDir, stop.signal);
    } finally {
      rmSync(workDir, { recursive: true, force: true });
    }
  };
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
