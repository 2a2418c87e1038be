import type { FactoryTotals } from './factory-totals';
import { NONE, type OrderHistory } from './order-history';
import { PURPOSE } from './purposes';
import type { RejectReason } from './sample-account';
import { REAL_ROWS, SampleError, type FaultName, type ResolvedOptions } from './sample-options';
import { Spread } from './spread';

/** What is the matter with a phase; at most one thing. */
export const MARK = {
  NOTHING: 0,
  NO_DATE: 1,
  PLANNED_ONLY: 2,
  FUTURE_DATE: 3,
  STALE_OPEN: 4,
  END_BEFORE_START: 5,
  SENTINEL_START: 6,
  MISSING_KEY: 7,
  TEXT_IN_NUMBER: 8,
  ERROR_CELL: 9,
  ISO_TEXT: 10,
  DAY_FIRST_TEXT: 11,
  DECIMAL_COMMA: 12,
} as const;

const CAPACITY = 256;
const PHASES = REAL_ROWS.FasesOrdemFabrico;
/** Of the real workbook's phases: planned and nothing else (440 of 1210 of open orders), planned and begun, with a shift. */
const PLANNED_ONLY = 1210 / PHASES;
const PLANNED_ONLY_OF_OPEN = 440 / 1210;
const PLANNED_AND_BEGUN = 23_797 / PHASES;
const SHIFTS = 26_523 / PHASES;

const RECORDED_FAULTS: readonly { mark: number; fault: FaultName }[] = [
  { mark: MARK.STALE_OPEN, fault: 'staleOpen' },
  { mark: MARK.END_BEFORE_START, fault: 'endBeforeStart' },
  { mark: MARK.SENTINEL_START, fault: 'sentinelStart' },
  { mark: MARK.MISSING_KEY, fault: 'phasesMissingKey' },
  { mark: MARK.TEXT_IN_NUMBER, fault: 'textInNumber' },
  { mark: MARK.ERROR_CELL, fault: 'errorCells' },
  { mark: MARK.ISO_TEXT, fault: 'isoTextDates' },
  { mark: MARK.DAY_FIRST_TEXT, fault: 'dayFirstTextDates' },
  { mark: MARK.DECIMAL_COMMA, fault: 'decimalCommas' },
];

/** Why the load sets a phase aside, the definitions' first reason. */
export function phaseReject(mark: number, orderIsUnknown: boolean): RejectReason | undefined {
  if (mark === MARK.MISSING_KEY) return 'NULL_KEY';
  if (mark === MARK.TEXT_IN_NUMBER) return 'INVALID_VALUE';
  if (mark === MARK.ERROR_CELL) return 'ERROR_CELL';
  if (mark === MARK.END_BEFORE_START) return 'INVALID_TIME_RANGE';
  return orderIsUnknown ? 'UNKNOWN_ORDER' : undefined;
}

/** How many phases get what, from the totals of the whole factory; the same for every pass. */
export class MarkPlan {
  /** Disjoint ranges of places among the recorded phases of finished orders that are left. */
  readonly recorded: readonly { mark: number; fault: FaultName; count: number }[];
  readonly openPlanned: number;
  readonly finishedPlanned: number;
  readonly finishedPlannedAndBegun: number;
  readonly noDate: number;
  readonly future: number;
  readonly shifts: number;
  readonly fractions: number;
  /** All phases without any date, the unbegun ones included. */
  readonly noDateTotal: number;

  constructor(
    readonly options: ResolvedOptions,
    readonly totals: FactoryTotals,
  ) {
    const { faults } = options;
    const { phases } = totals;
    const share = (rate: number): number => Math.round(phases * rate);
    const planned = share(PLANNED_ONLY);
    this.openPlanned = Math.min(Math.round(planned * PLANNED_ONLY_OF_OPEN), totals.unbegunLaminations);
    this.finishedPlanned = Math.min(planned - this.openPlanned, totals.finishedLaminations);
    const alsoPlanned = share(PLANNED_AND_BEGUN) - totals.begunLaminationsOfOpen;
    this.finishedPlannedAndBegun = Math.max(
      0,
      Math.min(alsoPlanned, totals.finishedLaminations - this.finishedPlanned),
    );
    this.shifts = Math.min(share(SHIFTS), totals.shiftable);
    this.fractions = Math.min(share(faults.numbersAsText), totals.fractionable);

    const unbegun = totals.unbegun - this.openPlanned;
    this.noDate = this.limit('noDate', Math.max(0, share(faults.noDate) - unbegun), this.forNoDate);
    this.noDateTotal = unbegun + this.noDate;
    this.future = this.limit('futureDates', share(faults.futureDates), this.noDate);
    this.recorded = RECORDED_FAULTS.map(({ mark, fault }) => ({ mark, fault, count: share(faults[fault]) }));
    const wanted = this.recorded.reduce((sum, one) => sum + one.count, 0);
    if (wanted > this.forFaults) {
      throw new SampleError(
        'SAMPLE_FAULTS_EXCEED',
        `the phase faults ask for ${wanted} phases and ${this.forFaults} recorded ones of finished orders are left; lower ${RECORDED_FAULTS.map(({ fault }) => fault).join(', ')} or noDate`,
      );
    }
  }

  /** Recorded phases of finished orders that may lose their dates: those with a planned one keep them. */
  get forNoDate(): number {
    return this.totals.finishedRecorded - this.finishedPlanned - this.finishedPlannedAndBegun;
  }

  get forFaults(): number {
    return this.totals.finishedRecorded - this.finishedPlanned - this.noDate;
  }

  private limit(fault: FaultName, wanted: number, possible: number): number {
    if (wanted <= possible) return wanted;
    throw new SampleError(
      'SAMPLE_FAULTS_EXCEED',
      `${fault} asks for ${wanted} phases and ${possible} can have it; lower it`,
    );
  }
}

/**
 * Walks over all phases in the factory's order and says what each gets. The choices are exact counts, so they depend on how many eligible phases
 * came before: every pass makes a marker of its own and shows it every order.
 */
export class PhaseMarker {
  readonly marks = new Uint8Array(CAPACITY);
  /** 1: has a DataPrevista. */
  readonly planned = new Uint8Array(CAPACITY);
  /** 0: none; 1 to 3. */
  readonly shifts = new Uint8Array(CAPACITY);
  /** 1: the second coefficient is text. */
  readonly fractions = new Uint8Array(CAPACITY);
  private readonly seen = { lamination: 0, unbegun: 0, noDate: 0, fault: 0, shift: 0, fraction: 0 };
  private readonly spreads: Record<keyof PhaseMarker['seen'], Spread>;

  constructor(private readonly plan: MarkPlan) {
    const { seed } = plan.options;
    const { totals } = plan;
    this.spreads = {
      lamination: new Spread(totals.finishedLaminations, seed, PURPOSE.LAMINATIONS),
      unbegun: new Spread(totals.unbegunLaminations, seed, PURPOSE.UNBEGUN_LAMINATIONS),
      noDate: new Spread(plan.forNoDate, seed, PURPOSE.NO_DATE),
      fault: new Spread(plan.forFaults, seed, PURPOSE.PHASE_FAULTS),
      shift: new Spread(totals.shiftable, seed, PURPOSE.SHIFTS),
      fraction: new Spread(totals.fractionable, seed, PURPOSE.FRACTIONS),
    };
  }

  mark(history: OrderHistory): void {
    const finished = history.state.fate === 'finished';
    for (let step = 0; step < history.count; step++) {
      const { role, fractions } = history.types[step];
      const lamination = role === 'lamination';
      const begun = history.start[step] !== NONE;
      this.planned[step] = 0;
      if (finished && begun) this.marks[step] = this.markRecorded(step, lamination);
      else if (begun) {
        this.marks[step] = MARK.NOTHING;
        this.planned[step] = lamination ? 1 : 0;
      } else this.marks[step] = this.markUnbegun(step, lamination);
      this.shifts[step] = lamination || role === 'painting' ? this.shift() : 0;
      this.fractions[step] = fractions && this.place('fraction') < this.plan.fractions ? 1 : 0;
    }
  }

  private markUnbegun(step: number, lamination: boolean): number {
    if (!lamination || this.place('unbegun') >= this.plan.openPlanned) return MARK.NO_DATE;
    this.planned[step] = 1;
    return MARK.PLANNED_ONLY;
  }

  private markRecorded(step: number, lamination: boolean): number {
    const { plan } = this;
    if (lamination) {
      const place = this.place('lamination');
      if (place < plan.finishedPlanned) {
        this.planned[step] = 1;
        return MARK.PLANNED_ONLY;
      }
      if (place < plan.finishedPlanned + plan.finishedPlannedAndBegun) this.planned[step] = 1;
    }
    if (this.planned[step] === 0) {
      const place = this.place('noDate');
      if (place < plan.future) return MARK.FUTURE_DATE;
      if (place < plan.noDate) return MARK.NO_DATE;
    }
    let place = this.place('fault');
    for (const { mark, count } of plan.recorded) {
      if (place < count) return mark;
      place -= count;
    }
    return MARK.NOTHING;
  }

  private shift(): number {
    const place = this.place('shift');
    return place < this.plan.shifts ? 1 + (place % 3) : 0;
  }

  private place(kind: keyof PhaseMarker['seen']): number {
    return this.spreads[kind].placeOf(this.seen[kind]++);
  }
}
