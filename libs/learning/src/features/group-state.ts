import { CulpritCounts } from '../culprits';
import { mean, quantileSorted } from '../quantile';

const DAY = 86_400;

/** What has happened so far in a group of orders (a product, a family, a line, the factory); grows in order of time. */
export class GroupState {
  /** Which phase types caused errors of the orders finished. */
  readonly culprits = new CulpritCounts();

  private readonly created: number[] = [];
  private readonly finished: number[] = [];
  /** Lead times, days: in order of the finishes, and in increasing order. */
  private readonly leads: number[] = [];
  private readonly sortedLeads: number[] = [];
  /** 1 for each finished order with an error, with one of severity 2 or more. */
  private readonly erred: number[] = [];
  private readonly severe: number[] = [];
  private openOrders = 0;
  private openCreated = 0;
  /** Answers about the last orders finished, which hold until the next one is. */
  private known = new Map<string, unknown>();

  create(time: number): void {
    this.created.push(time);
    this.openOrders++;
    this.openCreated += time;
  }

  /** An order leaves without a finish: it is so old that nobody works on it. */
  forget(created: number): void {
    this.openOrders--;
    this.openCreated -= created;
  }

  /**
   * @param severity the worst error known by now, 0 for none
   * @param culprits the phase types that caused an error known by now, each once
   */
  finish(time: number, created: number, wasOpen: boolean, severity: number, culprits: readonly number[]): void {
    if (wasOpen) this.forget(created);
    const lead = (time - created) / DAY;
    this.finished.push(time);
    this.leads.push(lead);
    this.sortedLeads.splice(firstAtOrAfter(this.sortedLeads, lead), 0, lead);
    this.erred.push(Number(severity > 0));
    this.severe.push(Number(severity > 1));
    this.culprits.add(culprits);
    this.known = new Map();
  }

  /** Orders in process. */
  get open(): number {
    return this.openOrders;
  }

  get createdCount(): number {
    return this.created.length;
  }

  get finishedCount(): number {
    return this.finished.length;
  }

  /** Mean age of the orders in process, days; NaN of none. */
  openAge(now: number): number {
    return this.openOrders === 0 ? NaN : (now - this.openCreated / this.openOrders) / DAY;
  }

  createdWithin(now: number, days: number): number {
    return this.created.length - firstAtOrAfter(this.created, now - days * DAY);
  }

  finishedWithin(now: number, days: number): number {
    return this.finished.length - firstAtOrAfter(this.finished, now - days * DAY);
  }

  /** Days since the last order was created; NaN of none. */
  sinceCreated(now: number): number {
    return (now - (this.created.at(-1) ?? NaN)) / DAY;
  }

  /** Days since the last order was finished; NaN of none. */
  sinceFinished(now: number): number {
    return (now - (this.finished.at(-1) ?? NaN)) / DAY;
  }

  /** A quantile of all lead times, days; NaN of none. */
  lead(share = 0.5): number {
    return quantileSorted(this.sortedLeads, share);
  }

  /** A quantile of the lead times of the `count` orders finished last, days; NaN of none. */
  recentLead(count: number, share = 0.5): number {
    return quantileSorted(this.sortedFrom(Math.max(0, this.leads.length - count)), share);
  }

  /** Median lead time of the orders finished within some days, days; NaN of none. */
  leadWithin(now: number, days: number): number {
    return quantileSorted(this.sortedFrom(firstAtOrAfter(this.finished, now - days * DAY)), 0.5);
  }

  /** Share of the `count` orders finished last that had an error of at least a severity; NaN of none. */
  recentErrorRate(count: number, severity: 1 | 2 = 1): number {
    const erred = severity === 1 ? this.erred : this.severe;
    return this.remember(`errors ${count} ${severity}`, () => mean(erred.slice(-count)));
  }

  private sortedFrom(place: number): Float64Array {
    return this.remember(`leads from ${place}`, () => Float64Array.from(this.leads.slice(place)).sort());
  }

  private remember<T>(question: string, compute: () => T): T {
    if (!this.known.has(question)) this.known.set(question, compute());
    return this.known.get(question) as T;
  }
}

/** The first index whose value is not below `bound`, in increasing values. */
function firstAtOrAfter(values: readonly number[], bound: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
