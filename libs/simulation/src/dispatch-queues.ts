/**
 * The jobs that wait, one queue a resource, the smallest (key, job) first: binary heaps side by side in shared typed
 * arrays. No rule changes a key while its job waits, so nothing is ever moved but by joining and leaving.
 */
export class DispatchQueues {
  readonly size: Int32Array;
  private readonly first: Int32Array;
  private readonly keys: Float64Array;
  private readonly jobs: Int32Array;

  /** @param room most jobs that wait at once, by resource */
  constructor(room: Int32Array) {
    this.size = new Int32Array(room.length);
    this.first = new Int32Array(room.length);
    let total = 0;
    for (let r = 0; r < room.length; r += 1) {
      this.first[r] = total;
      total += room[r];
    }
    this.keys = new Float64Array(total);
    this.jobs = new Int32Array(total);
  }

  clear(): void {
    this.size.fill(0);
  }

  push(resource: number, key: number, job: number): void {
    const { keys, jobs } = this;
    const base = this.first[resource];
    let hole = this.size[resource]++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = base + parent;
      if (keys[above] < key || (keys[above] === key && jobs[above] < job)) break;
      keys[base + hole] = keys[above];
      jobs[base + hole] = jobs[above];
      hole = parent;
    }
    keys[base + hole] = key;
    jobs[base + hole] = job;
  }

  /** Takes the job to be served next; only where size[resource] > 0. */
  pop(resource: number): number {
    const { keys, jobs } = this;
    const base = this.first[resource];
    const best = jobs[base];
    const last = --this.size[resource];
    const key = keys[base + last];
    const job = jobs[base + last];
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= last) break;
      let at = base + child;
      if (child + 1 < last && (keys[at + 1] < keys[at] || (keys[at + 1] === keys[at] && jobs[at + 1] < jobs[at]))) {
        child += 1;
        at += 1;
      }
      if (key < keys[at] || (key === keys[at] && job < jobs[at])) break;
      keys[base + hole] = keys[at];
      jobs[base + hole] = jobs[at];
      hole = child;
    }
    keys[base + hole] = key;
    jobs[base + hole] = job;
    return best;
  }
}
