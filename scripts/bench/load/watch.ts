import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** One look at the processes. */
export interface Look {
  /** since the watch began */
  seconds: number;
  apiRssBytes: number;
  workerRssBytes: number;
  /** of the API, in the time since the look before; undefined where /metrics did not answer in time */
  loopP99Ms?: number;
  loopMaxMs?: number;
  /** requests of the API that wait for a connection of the pool, at this moment */
  poolWaiting?: number;
  poolBusy?: number;
}

const EVERY_MS = 1000;
const PATIENCE_MS = 10_000;

/** Looks at API and worker every second until it is stopped. Linux only: elsewhere memory is NaN. */
export class Watch {
  readonly looks: Look[] = [];
  private readonly begun = performance.now();
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  constructor(
    private readonly origin: string,
    private readonly apiPid: number,
    private readonly workerPid: number,
  ) {
    this.running = this.run();
  }

  async stop(): Promise<Look[]> {
    this.stopping.abort();
    await this.running;
    return this.looks;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.looks.push({
        seconds: (performance.now() - this.begun) / 1000,
        apiRssBytes: residentBytes(this.apiPid),
        workerRssBytes: residentBytes(this.workerPid),
        ...(await this.metrics()),
      });
      await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async metrics(): Promise<Partial<Look>> {
    try {
      const response = await fetch(`${this.origin}/metrics`, { signal: AbortSignal.timeout(PATIENCE_MS) });
      const text = await response.text();
      const value = (name: string): number | undefined => {
        const found = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1];
        return found === undefined ? undefined : Number(found);
      };
      const ms = (name: string): number | undefined => {
        const seconds = value(name);
        return seconds === undefined ? undefined : seconds * 1000;
      };
      return {
        loopP99Ms: ms('nodejs_eventloop_lag_p99_seconds'),
        loopMaxMs: ms('nodejs_eventloop_lag_max_seconds'),
        poolWaiting: value('db_pool_waiting'),
        poolBusy: value('db_pool_connections\\{[^}]*state="busy"[^}]*\\}'),
      };
    } catch {
      return {};
    }
  }
}

function residentBytes(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) * 1024;
  } catch {
    return NaN;
  }
}
