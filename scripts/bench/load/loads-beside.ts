import { setTimeout as sleep } from 'node:timers/promises';

export interface LoadsFigures {
  /** seconds of each load that ended while it counted */
  seconds: number[];
  /** loads that did not complete, and how they ended */
  failures: string[];
}

const ENDED: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'INTERRUPTED']);
const LOOK_MS = 500;

/** Loads the workbooks in turn, one after the other, until it is told to stop: a load is always under way. */
export class LoadsBeside {
  private figures: LoadsFigures = { seconds: [], failures: [] };
  private running: Promise<void> | undefined;
  private isStopped = false;
  private next = 0;

  /** @param names of workbooks in the data folder, each with other content than the one before */
  constructor(
    private readonly origin: string,
    private readonly apiKey: string,
    private readonly names: readonly string[],
  ) {}

  start(): void {
    this.running = this.run();
    // Told by stop(); until then it must not count as unheard.
    this.running.catch(() => undefined);
  }

  /** What came to an end since it was asked last. */
  take(): LoadsFigures {
    const taken = this.figures;
    this.figures = { seconds: [], failures: [] };
    return taken;
  }

  /** Waits for the load that is under way, and gives what came to an end since it was asked last. */
  async stop(): Promise<LoadsFigures> {
    this.isStopped = true;
    await this.running;
    return this.take();
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      const name = this.names[this.next++ % this.names.length];
      const begun = performance.now();
      const runId = await this.request(name);
      const status = await this.end(runId);
      if (status === 'COMPLETED') this.figures.seconds.push((performance.now() - begun) / 1000);
      else this.figures.failures.push(`${name}: ${status}`);
    }
  }

  private async request(name: string): Promise<number> {
    const response = await fetch(`${this.origin}/api/ingestion/run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': this.apiKey },
      body: JSON.stringify({ path: name }),
    });
    const body = await response.text();
    if (response.status !== 202) throw new Error(`The load of ${name} does not begin: ${response.status} ${body}`);
    return (JSON.parse(body) as { run_id: number }).run_id;
  }

  private async end(runId: number): Promise<string> {
    for (;;) {
      const response = await fetch(`${this.origin}/api/ingestion/status/${runId}`);
      const { status } = (await response.json()) as { status: string };
      if (ENDED.has(status)) return status;
      await sleep(LOOK_MS);
    }
  }
}
