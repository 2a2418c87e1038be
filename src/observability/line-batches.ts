/** Where batches go: pino's destination, whose own batches are measured anew with each line that comes to them. */
export interface BatchSink {
  write(batch: string): unknown;
  /** Begins to write what it holds. */
  flush(): void;
  /** Writes what it holds before it returns. */
  flushSync(): void;
}

/** Characters that are written at once, and for how long in milliseconds fewer may wait. */
const FULL = 32_768;
const LONGEST_WAIT = 100;

/**
 * A destination of log lines that writes some at a time: a write for each is a tenth of what a small answer costs. Lines
 * wait a tenth of a second at most, and a process that ends, by an error too, writes what it still has.
 */
export class LineBatches {
  private lines: string[] = [];
  private characters = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly sink: BatchSink) {}

  write(line: string): void {
    this.lines.push(line);
    this.characters += line.length;
    if (this.characters >= FULL) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), LONGEST_WAIT).unref();
  }

  /** Begins to write the lines that wait. */
  flush(): void {
    if (this.passOn()) this.sink.flush();
  }

  /** Writes the lines that wait, and those that are being written, before it returns. */
  flushSync(): void {
    this.passOn();
    this.sink.flushSync();
  }

  private passOn(): boolean {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.lines.length === 0) return false;
    this.sink.write(this.lines.join(''));
    this.lines = [];
    this.characters = 0;
    return true;
  }
}
