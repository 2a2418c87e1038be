import type { History } from '@libs/forecast';
import type { Estimate } from './model';
import { decilesOf, quantile, sortedCopy } from './quantiles';
import type { WorkClock } from './week-calendar';

/** Cases that a narrower group needs. */
export const MINIMUM_CASES = 20;
/** Executions of the year before the moment are cases. */
export const CASE_DAYS = 365;

const DAY = 86_400;
/** Above this share of executions without length a phase is a marker: it takes no time. */
const MARKER_SHARE = 0.5;
/** Above this share of executions that end after the finish of their order, a phase is no part of making it. */
const AFTER_FINISH_SHARE = 0.5;

const NO_ESTIMATE: Estimate = { level: 'NONE', cases: 0, markerShare: 0, median: 0, deciles: [], wait: 0 };

/** What was seen of one group. */
interface Cases {
  readonly lengths: number[];
  readonly waits: number[];
  markers: number;
}

/**
 * The executions of the year before a moment, as far as recorded before it: how long they took, and how long the order
 * had waited before. Returns are no cases; neither are phases that were never closed.
 */
export class ExecutionCases {
  private readonly groups = new Map<string, Cases>();
  private readonly ended = new Map<number, { all: number; after: number }>();
  private readonly finishWaits: number[] = [];
  private readonly leads = new Map<string, number[]>();
  /** Most products share the estimates of their family or phase type: each is made once. */
  private readonly estimates = new Map<string, Estimate>();
  private readonly leadDeciles = new Map<string, number[]>();

  /**
   * @param history times in wall-clock seconds
   * @param isFree whether a phase type needs no capacity: its length is elapsed time
   */
  constructor(
    private readonly history: History,
    moment: number,
    private readonly clock: WorkClock,
    private readonly isFree: (phaseType: number) => boolean,
  ) {
    const since = moment - CASE_DAYS * DAY;
    for (let order = 0; order < history.created.length; order++) this.addOrder(order, since, moment);
  }

  /** Whether the phase type usually ends after the finish of its order. */
  isAfterFinish(phaseType: number): boolean {
    const { all, after } = this.ended.get(phaseType) ?? { all: 0, after: 0 };
    return all > 0 && after / all > AFTER_FINISH_SHARE;
  }

  /** The estimate of the narrowest group with 20 cases. */
  estimate(product: number, family: number, phaseType: number): Estimate {
    const levels = [
      ['PRODUCT', `p${product}/${phaseType}`],
      ['FAMILY', `f${family}/${phaseType}`],
    ] as const;
    for (const [level, key] of levels) {
      const cases = this.groups.get(key);
      if (cases !== undefined && countOf(cases) >= MINIMUM_CASES) return this.made(key, cases, level);
    }
    const cases = this.groups.get(`${phaseType}`);
    if (cases === undefined || countOf(cases) === 0) return NO_ESTIMATE;
    return this.made(`${phaseType}`, cases, 'PHASE');
  }

  private made(key: string, cases: Cases, level: Estimate['level']): Estimate {
    let estimate = this.estimates.get(key);
    if (estimate === undefined) this.estimates.set(key, (estimate = estimateOf(cases, level)));
    return estimate;
  }

  /** Median of the worked time between the end of the last phase and the finish. */
  finishWait(): number {
    return this.finishWaits.length === 0 ? 0 : Math.round(quantile(sortedCopy(this.finishWaits), 0.5));
  }

  /** Worked time from creation to finish of orders finished in the year, as deciles; empty without any. */
  leadTimes(product: number, family: number): number[] {
    for (const key of [`p${product}`, `f${family}`]) {
      const leads = this.leads.get(key);
      if (leads !== undefined && leads.length >= MINIMUM_CASES) return this.madeLeads(key, leads);
    }
    const all = this.leads.get('');
    return all === undefined ? [] : this.madeLeads('', all);
  }

  private madeLeads(key: string, leads: readonly number[]): number[] {
    let deciles = this.leadDeciles.get(key);
    if (deciles === undefined) this.leadDeciles.set(key, (deciles = decilesOf(sortedCopy(leads))));
    return deciles;
  }

  private addOrder(order: number, since: number, moment: number): void {
    const { history, clock } = this;
    const finish = history.finished[order];
    const isFinished = finish < moment;
    let previousEnd = NaN;
    let lastEnd = NaN;
    for (let index = history.firstPhase[order]; index < history.firstPhase[order + 1]; index++) {
      const start = history.phaseStart[index];
      const end = history.phaseEnd[index];
      const phaseType = history.phaseType[index];
      if (!(end < moment) || Number.isNaN(start)) continue;
      if (isFinished && end >= since) this.countEnd(phaseType, start >= finish || end > finish);
      const isInside = !(end > finish);
      if (end >= since && history.phaseReturn[index] === 0) {
        const length = this.isFree(phaseType) ? end - start : clock.between(start, end);
        const wait = Math.max(0, clock.between(previousEnd, start));
        this.add(order, phaseType, end === start ? 0 : length > 0 ? length : NaN, wait);
      }
      previousEnd = Number.isNaN(previousEnd) ? end : Math.max(previousEnd, end);
      if (isInside) lastEnd = previousEnd;
    }
    if (!isFinished || finish < since || finish < history.created[order]) return;
    if (!Number.isNaN(lastEnd)) this.finishWaits.push(Math.max(0, clock.between(lastEnd, finish)));
    this.addLead(order, clock.between(history.created[order], finish));
  }

  private countEnd(phaseType: number, isAfter: boolean): void {
    const known = this.ended.get(phaseType);
    if (known === undefined) this.ended.set(phaseType, { all: 1, after: Number(isAfter) });
    else {
      known.all++;
      known.after += Number(isAfter);
    }
  }

  /** @param length 0: a marker; NaN: worked outside the calendar only, which says nothing of its length */
  private add(order: number, phaseType: number, length: number, wait: number): void {
    for (const key of this.keysOf(order).map((group) => (group === '' ? `${phaseType}` : `${group}/${phaseType}`))) {
      let cases = this.groups.get(key);
      if (cases === undefined) this.groups.set(key, (cases = { lengths: [], waits: [], markers: 0 }));
      if (length === 0) cases.markers++;
      else if (length > 0) cases.lengths.push(length);
      if (!Number.isNaN(wait)) cases.waits.push(wait);
    }
  }

  private addLead(order: number, lead: number): void {
    for (const key of this.keysOf(order)) {
      const known = this.leads.get(key);
      if (known === undefined) this.leads.set(key, [lead]);
      else known.push(lead);
    }
  }

  /** The groups of an order: what is not known of it (-1) makes none. */
  private keysOf(order: number): string[] {
    const { product, family } = this.history;
    return [
      ...(product[order] < 0 ? [] : [`p${product[order]}`]),
      ...(family[order] < 0 ? [] : [`f${family[order]}`]),
      '',
    ];
  }
}

function countOf({ lengths, markers }: Cases): number {
  return lengths.length + markers;
}

/** @param cases one at least */
function estimateOf(cases: Cases, level: Estimate['level']): Estimate {
  const { lengths, waits, markers } = cases;
  const markerShare = markers / (lengths.length + markers);
  const isMarker = markerShare > MARKER_SHARE;
  const sorted = sortedCopy(lengths);
  return {
    level,
    cases: lengths.length,
    markerShare: Math.round(markerShare * 1e6) / 1e6,
    median: isMarker ? 0 : Math.round(quantile(sorted, 0.5)),
    deciles: isMarker ? [] : decilesOf(sorted),
    wait: waits.length === 0 ? 0 : Math.round(quantile(sortedCopy(waits), 0.5)),
  };
}
