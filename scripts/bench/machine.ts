import { availableParallelism, cpus, loadavg, totalmem, type } from 'node:os';

/** One line on what the figures were measured with; names no path and no host. */
export function describeMachine(serverVersion: string, loadBefore: number): string {
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return (
    `${availableParallelism()} cores (${model}), ${gigabytes} GiB, ${type()}, Node ${process.versions.node}, ` +
    `PostgreSQL ${serverVersion}; load average before the run ${loadBefore.toFixed(2)}`
  );
}

/** Mean number of processes that wanted a core in the last minute. Above 0.5 somebody else is at work. */
export function loadAverage(): number {
  return loadavg()[0];
}
