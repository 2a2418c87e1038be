/** Requests of one window. */
export interface Count {
  hits: number;
  /** Milliseconds until the window ends. */
  endsInMs: number;
}

/** Counters at most: about 3 MB. The oldest go first, so that strangers without number cost no memory. */
export const COUNTERS = 20_000;

/** Counts by key in windows that begin with the first request, in this process. */
export class MemoryCounters {
  private readonly windows = new Map<string, { hits: number; endsAt: number }>();

  constructor(private readonly now: () => number) {}

  get size(): number {
    return this.windows.size;
  }

  hit(key: string, windowMs: number): Count {
    const now = this.now();
    const window = this.windows.get(key);
    if (window !== undefined && window.endsAt > now) {
      window.hits += 1;
      return { hits: window.hits, endsInMs: window.endsAt - now };
    }
    // Put at the end again: a Map keeps its order of insertion, and what begins last ends last.
    this.windows.delete(key);
    this.windows.set(key, { hits: 1, endsAt: now + windowMs });
    if (this.windows.size > COUNTERS) this.windows.delete(this.windows.keys().next().value as string);
    return { hits: 1, endsInMs: windowMs };
  }
}
