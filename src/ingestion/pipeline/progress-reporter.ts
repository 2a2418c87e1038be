import type { Clock } from '../../common/clock';
import type { RunProgress } from '../queries/run-report';

const EVERY_MS = 500;

export interface ProgressSinks {
  /** Keeps the progress where other processes see it. */
  write(progress: RunProgress): Promise<void>;
  /** Tells who waits in this process. */
  readonly tell?: (progress: RunProgress) => void;
  /** Hears, once, that progress cannot be written: the load goes on, but a request to cancel it goes unnoticed. */
  failed(error: unknown): void;
}

/** Turns the steps' reports into a steady progress, written about twice a second and never backwards. */
export class ProgressReporter {
  private latest!: RunProgress;
  private dirty = false;
  private writing: Promise<void> = Promise.resolve();
  private hasFailed = false;
  private readonly timer: NodeJS.Timeout;
  private readonly began = performance.now();

  constructor(
    private readonly runId: number,
    private readonly clock: Clock,
    private readonly sinks: ProgressSinks,
  ) {
    this.latest = this.make('inspect', 0, 0);
    this.timer = setInterval(() => this.flush(), EVERY_MS);
  }

  update(step: string, percent: number, rows: number | undefined): void {
    const shown = Math.max(this.latest.percent, Math.min(99.9, Math.round(percent * 10) / 10));
    this.latest = this.make(step, shown, rows ?? this.latest.rows);
    this.dirty = true;
  }

  /** Stops reporting; nothing is written afterwards. */
  async finish(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
  }

  private make(step: string, percent: number, rows: number): RunProgress {
    const now = this.clock.now();
    const seconds = Math.max((performance.now() - this.began) / 1000, 0.001);
    // Once all rows are read the rate stands: dividing by the time of later steps would only make it fall.
    const stands = this.latest !== undefined && rows === this.latest.rows;
    const rate = stands ? this.latest.rows_per_second : Math.round(rows / seconds);
    return { run_id: this.runId, step, percent, rows, rows_per_second: rate, at: now.toISOString() };
  }

  private flush(): void {
    // Also when nothing moved: writing is how a request to cancel is noticed.
    const progress = this.latest;
    if (this.dirty) this.sinks.tell?.(progress);
    this.dirty = false;
    this.writing = this.writing.then(() => this.sinks.write(progress)).catch((error: unknown) => this.warn(error));
  }

  private warn(error: unknown): void {
    if (!this.hasFailed) this.sinks.failed(error);
    this.hasFailed = true;
  }
}
