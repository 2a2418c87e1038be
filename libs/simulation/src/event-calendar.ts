/** Kinds of events, and their priority among those of one moment: what frees a server comes first. */
export const COMPLETION = 0;
export const ARRIVAL = 1;
export const OPENING = 2;

/** Sequence numbers lie below, priorities above. */
const PRIORITY_STEP = 2 ** 48;
const KINDS = 4;

/** Events ordered by (time, priority, sequence): a binary heap in typed arrays that never grows. */
export class EventCalendar {
  size = 0;
  /** kind of the event that pop() took */
  kind = 0;
  /** job or resource of the event that pop() took */
  subject = 0;
  private sequence = 0;
  private readonly time: Float64Array;
  private readonly order: Float64Array;
  private readonly what: Int32Array;

  /** @param capacity most events that wait at once */
  constructor(capacity: number) {
    this.time = new Float64Array(capacity);
    this.order = new Float64Array(capacity);
    this.what = new Int32Array(capacity);
  }

  clear(): void {
    this.size = 0;
    this.sequence = 0;
  }

  /** The time of the next event; only where size > 0. */
  nextTime(): number {
    return this.time[0];
  }

  push(at: number, kind: number, subject: number): void {
    const { time, order, what } = this;
    const rank = kind * PRIORITY_STEP + this.sequence++;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (time[parent] < at || (time[parent] === at && order[parent] < rank)) break;
      time[hole] = time[parent];
      order[hole] = order[parent];
      what[hole] = what[parent];
      hole = parent;
    }
    time[hole] = at;
    order[hole] = rank;
    what[hole] = subject * KINDS + kind;
  }

  /** Takes the next event; it stands in kind and subject. Only where size > 0. */
  pop(): void {
    const { time, order, what } = this;
    this.kind = what[0] % KINDS;
    this.subject = (what[0] / KINDS) | 0;
    const last = --this.size;
    const at = time[last];
    const rank = order[last];
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= last) break;
      const right = child + 1;
      if (right < last && (time[right] < time[child] || (time[right] === time[child] && order[right] < order[child]))) {
        child = right;
      }
      if (at < time[child] || (at === time[child] && rank < order[child])) break;
      time[hole] = time[child];
      order[hole] = order[child];
      what[hole] = what[child];
      hole = child;
    }
    time[hole] = at;
    order[hole] = rank;
    what[hole] = what[last];
  }
}
