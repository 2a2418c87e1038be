import { makeCatalogue, type Catalogue } from './catalogue';
import { FactoryCalendar } from './factory-calendar';
import { ERRORS_PER_ORDER } from './factory-tables';
import { countPhases, emptyTotals, type FactoryTotals } from './factory-totals';
import { OrderBook } from './order-book';
import { HistoryMaker, NONE, OrderHistory } from './order-history';
import { MarkPlan, PhaseMarker } from './phase-marks';
import { DE, QF } from './phase-types';
import { PURPOSE } from './purposes';
import { mix, Random } from '@libs/random';
import { sampleSizes, type ResolvedOptions, type SampleSizes } from './sample-options';
import { settle, Spread } from './spread';

const FIRST_PHASE_ID = 800_000;
/** Of 46 defects an order has each at most once, so that no two errors are alike. */
const MAX_ERRORS = 45;
/** Steps by which the phases of an order are numbered out of the order of their work, as the real ids are. */
const SHUFFLES = [1, 5, 7, 11, 13, 17, 19, 23];

/** An order in one pass over the factory: its history, what is the matter with its phases, and the ids of its rows. */
export interface OrderVisit {
  history: OrderHistory;
  marker: PhaseMarker;
  /** FaseOf_Id by step. */
  phaseIds: Float64Array;
  /** The id beside each that no phase has: the assignments' phases that do not exist. */
  absentIds: Float64Array;
  /** Steps in the order of their ids, `history.count` of them. */
  byId: Uint8Array;
  /** Phases of the orders before this one. */
  phasesBefore: number;
}

/**
 * The whole factory, of which only a few bytes per order are ever in memory: any pass makes its orders anew from the seed, the same each time.
 */
export class Factory {
  readonly sizes: SampleSizes;
  readonly catalogue: Catalogue;
  readonly totals: FactoryTotals;
  readonly plan: MarkPlan;
  readonly book: OrderBook;
  /** Errors per order; together the errors of known orders. */
  readonly errorCounts: Uint8Array;
  readonly errorsOfUnknownOrders: number;
  private readonly maker: HistoryMaker;

  constructor(readonly options: ResolvedOptions) {
    const { seed } = options;
    this.sizes = sampleSizes(options);
    this.catalogue = makeCatalogue(options, this.sizes);
    const calendar = new FactoryCalendar(seed, options.endMinute);
    this.book = new OrderBook(options, this.sizes, calendar, this.catalogue);
    this.maker = new HistoryMaker(options, this.book, calendar, this.catalogue);
    const errors = this.sizes.rows.OrdemFabricoErros;
    this.errorsOfUnknownOrders = Math.round(errors * options.faults.errorsOfUnknownOrders);
    this.errorCounts = new Uint8Array(this.book.count);
    this.totals = this.takeTotals(errors - this.errorsOfUnknownOrders);
    this.plan = new MarkPlan(options, this.totals);
  }

  /** Visits every order in the order of creation. The visit is one object, filled anew for each. */
  *visit(): Generator<OrderVisit> {
    const { seed } = this.options;
    const visit: OrderVisit = {
      history: new OrderHistory(),
      marker: new PhaseMarker(this.plan),
      phaseIds: new Float64Array(256),
      absentIds: new Float64Array(256),
      byId: new Uint8Array(256),
      phasesBefore: 0,
    };
    const { history, byId } = visit;
    const idSeed = mix(mix(0x1f83d9ab, seed % 0x100000000), PURPOSE.PHASE_ID);
    for (let index = 0; index < this.book.count; index++) {
      this.maker.fill(history, index);
      visit.marker.mark(history);
      const { count } = history;
      const chance = mix(idSeed, index);
      let factor = SHUFFLES[chance % SHUFFLES.length];
      if (count % factor === 0) factor = 1;
      for (let position = 0; position < count; position++) {
        const step = (position * factor + (chance >>> 8)) % count;
        const ordinal = visit.phasesBefore + position;
        const bit = mix(idSeed ^ 0x5be0cd19, ordinal) & 1;
        byId[position] = step;
        visit.phaseIds[step] = FIRST_PHASE_ID + 2 * ordinal + bit;
        visit.absentIds[step] = FIRST_PHASE_ID + 2 * ordinal + 1 - bit;
      }
      yield visit;
      visit.phasesBefore += count;
    }
  }

  /** A phase id beyond all that exist. */
  get nextPhaseId(): number {
    return FIRST_PHASE_ID + 2 * this.totals.phases + 100;
  }

  private takeTotals(errors: number): FactoryTotals {
    const totals = emptyTotals();
    const { seed } = this.options;
    const history = new OrderHistory();
    const random = new Random(seed, PURPOSE.ERROR_COUNT);
    const inspected = new Uint8Array(this.book.count);
    for (let index = 0; index < this.book.count; index++) {
      this.maker.fill(history, index);
      countPhases(history, totals);
      if (!wasInspected(history)) continue;
      inspected[index] = 1;
      random.reseed(seed, PURPOSE.ERROR_COUNT, index);
      this.errorCounts[index] = random.quantile(ERRORS_PER_ORDER);
    }
    const spread = new Spread(this.book.count, seed, PURPOSE.ERROR_COUNT);
    const none = (): number => 0;
    // First the orders that have errors anyway, then any that was inspected, then (in the smallest workbooks) any.
    const faulty = Uint8Array.from(this.errorCounts);
    const missing = settle(this.errorCounts, errors, spread, none, (index) => (faulty[index] > 0 ? MAX_ERRORS : 0));
    if (missing > 0 && settle(this.errorCounts, errors, spread, none, (index) => inspected[index] * MAX_ERRORS) > 0) {
      settle(this.errorCounts, errors, spread, none, () => MAX_ERRORS);
    }
    return totals;
  }
}

function wasInspected(history: OrderHistory): boolean {
  for (let step = 0; step < history.count; step++) {
    if (history.start[step] !== NONE && (history.types[step] === DE || history.types[step] === QF)) return true;
  }
  return false;
}
