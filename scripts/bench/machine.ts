import { availableParallelism, cpus, loadavg, totalmem, type } from 'node:os';

/** One line on what the figures were measured with; names no path and no host. */
export function describeMachine(serverVersion: string, loadBefore: number): string {
  return `${hardware()}, PostgreSQL ${serverVersion}; ${load(loadBefore)}`;
}

/** The same, where no database takes part. */
export function describeProcessor(loadBefore: number): string {
  return `${hardware()}; ${load(loadBefore)}`;
}

function hardware(): string {
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${availableParallelism()} cores (${model}), ${gigabytes} GiB, ${type()}, Node ${process.versions.node}`;
}

function load(before: number): string {
  return `load average before the run ${before.toFixed(2)}`;
}

/** Mean number of processes that wanted a core in the last minute. Above 0.5 somebody else is at work. */
export function loadAverage(): number {
  return loadavg()[0];
}
