import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Lets a few readings go on at once; the others wait in the order in which they came. A database with two cores answers
 * sixteen readings no sooner by working on all of them at a time: each then takes as long as all, and some much longer.
 */
export class ReadingTurns {
  private readonly holder = new AsyncLocalStorage<true>();
  private readonly queue: (() => void)[] = [];
  private running = 0;

  /** @param limit how many go on at once, 1 or more */
  constructor(private readonly limit: number) {}

  /** How many wait for their turn. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Runs `work` when its turn comes. What it asks for in turn runs at once: waiting, it would keep the others waiting. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.holder.getStore() === true) return work();
    if (this.running < this.limit) this.running += 1;
    // Who ends hands the place over, so that nobody who has just come can take it.
    else await new Promise<void>((begin) => this.queue.push(begin));
    try {
      return await this.holder.run(true, work);
    } finally {
      const next = this.queue.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
