import type { RunProgress } from '../ingestion/queries/run-report';
import { count } from './text-table';

const BAR = 16;
/** Without a terminal a line is written when this much more is done, or a new step begins. */
const PLAIN_EVERY_PERCENT = 10;
/** Before this much of a load is done, what is left cannot be told from it. */
const ETA_FROM_PERCENT = 3;

interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Shows how a load is going: one line that is drawn anew on a terminal, plain lines elsewhere. */
export class ProgressLine {
  private drawn = false;
  private lastStep = '';
  private lastPercent = -Infinity;

  /** @param now milliseconds of any clock that runs forward */
  constructor(
    private readonly screen: Screen,
    private readonly now: () => number,
    private readonly startedAt = now(),
  ) {}

  show(progress: RunProgress): void {
    if (this.screen.isTTY === true) {
      const width = (this.screen.columns ?? 80) - 1;
      this.screen.write(`\r\u001b[K${this.bar(progress).slice(0, width)}`);
      this.drawn = true;
      return;
    }
    if (progress.step === this.lastStep && progress.percent < this.lastPercent + PLAIN_EVERY_PERCENT) return;
    this.lastStep = progress.step;
    this.lastPercent = progress.percent;
    this.screen.write(`${percent(progress)}  ${progress.step}${figures(progress)}\n`);
  }

  /** Takes the line away, so that what follows stands alone. */
  clear(): void {
    if (this.drawn) this.screen.write('\r\u001b[K');
    this.drawn = false;
  }

  /** What matters most comes first: the end is cut on a narrow terminal. */
  private bar(progress: RunProgress): string {
    const full = Math.round((BAR * Math.min(100, Math.max(0, progress.percent))) / 100);
    return `[${'='.repeat(full)}${' '.repeat(BAR - full)}] ${percent(progress)}${this.eta(progress)}  ${progress.step}${figures(progress)}`;
  }

  private eta(progress: RunProgress): string {
    if (progress.percent < ETA_FROM_PERCENT || progress.percent >= 100) return '';
    const elapsed = (this.now() - this.startedAt) / 1000;
    const rest = Math.round((elapsed * (100 - progress.percent)) / progress.percent);
    return `  ETA ${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, '0')}`;
  }
}

function percent(progress: RunProgress): string {
  return `${progress.percent.toFixed(1).padStart(5)} %`;
}

function figures(progress: RunProgress): string {
  if (progress.rows === 0) return '';
  const rate = progress.rows_per_second > 0 ? `, ${count(Math.round(progress.rows_per_second))} rows/s` : '';
  return `  ${count(progress.rows)} rows${rate}`;
}
