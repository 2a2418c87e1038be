import type { Catalogue, Product } from './catalogue';
import { FactoryCalendar, MINUTES_PER_DAY } from './factory-calendar';
import { REWORK_PER_ORDER } from './factory-tables';
import { PURPOSE } from './purposes';
import { Random } from '@libs/random';
import { SampleError, type ResolvedOptions, type SampleSizes } from './sample-options';
import { settle, Spread } from './spread';

/** What has become of an order: `atRest` = in a terminal phase without a finish date. */
export type Fate = 'finished' | 'active' | 'dormant' | 'atRest';

export interface OrderFate {
  fate: Fate;
  /** Among the orders of its fate, from 0; not counted for finished ones. */
  ordinal: number;
  finishedBeforeCreated: boolean;
  missingKey: boolean;
}

/** 708 of 27,380 orders are being made. */
const ACTIVE_SHARE = 708 / 27_380;
/**
 * Where active orders stand among the latest ones: of the newest 0.144·A all, of those up to rank 0.794·A 0.682·A together, and so on (A = the
 * active orders, all of them within the newest 4.3·A).
 */
const ACTIVE_CURVE = [
  [0, 0],
  [0.144, 0.144],
  [0.794, 0.682],
  [1.43, 0.867],
  [1.795, 0.931],
  [2.9, 0.986],
  [4.3, 1],
] as const;
/** Forgotten orders are at least this old: the definition's 180 days and some. */
const OLD_DAYS = 200;
const MAX_PHASES = 250;

/** Which order is made when, of what, with how many phases, and what becomes of it: everything that needs all orders to be known. */
export class OrderBook {
  readonly count: number;
  readonly phaseCounts: Uint8Array;
  readonly active: number;
  readonly dormant: number;
  readonly atRest: number;
  readonly finishedBeforeCreated: number;
  readonly missingKeys: number;
  private readonly old: Spread;
  private readonly byProduct: Spread;
  private readonly activeCurve: { rank: number; active: number }[];
  private readonly random: Random;

  constructor(
    private readonly options: ResolvedOptions,
    private readonly sizes: SampleSizes,
    private readonly calendar: FactoryCalendar,
    private readonly catalogue: Catalogue,
  ) {
    const { seed, faults, endMinute } = options;
    const count = sizes.rows.OrdensFabrico;
    this.count = count;
    this.random = new Random(seed, PURPOSE.ORDER_PRODUCT);
    this.active = Math.round(count * ACTIVE_SHARE);
    this.activeCurve = ACTIVE_CURVE.map(([rank, active]) => ({
      rank: Math.min(count, Math.round(rank * this.active)),
      active: Math.round(active * this.active),
    }));

    const oldDay = Math.floor(endMinute / MINUTES_PER_DAY) - OLD_DAYS;
    let oldOrders = Math.max(0, count - this.activeCurve[this.activeCurve.length - 1].rank);
    while (oldOrders > 0 && calendar.creationDay(oldOrders - 1, count) > oldDay) oldOrders--;
    this.old = new Spread(oldOrders, seed, PURPOSE.ORDER_OLD);
    this.dormant = Math.round(count * faults.dormantOrders);
    this.atRest = Math.round(count * faults.missingFinish);
    this.finishedBeforeCreated = Math.round(count * faults.finishedBeforeCreated);
    this.missingKeys = Math.round(count * faults.ordersMissingKey);
    const wanted = this.dormant + this.atRest + this.finishedBeforeCreated + this.missingKeys;
    if (wanted > oldOrders) {
      throw new SampleError(
        'SAMPLE_FAULTS_EXCEED',
        `the order faults ask for ${wanted} orders and there are ${oldOrders} older than ${OLD_DAYS} days; lower dormantOrders, missingFinish, finishedBeforeCreated or ordersMissingKey`,
      );
    }

    this.byProduct = new Spread(count, seed, PURPOSE.ORDER_PRODUCT);
    this.phaseCounts = new Uint8Array(count);
    for (let index = 0; index < count; index++) {
      this.random.reseed(seed, PURPOSE.PHASE_COUNT, index);
      this.phaseCounts[index] = this.productOf(index).route.length + this.random.quantile(REWORK_PER_ORDER);
    }
    const spread = new Spread(count, seed, PURPOSE.PHASE_COUNT);
    settle(
      this.phaseCounts,
      sizes.rows.FasesOrdemFabrico,
      spread,
      () => 1,
      () => MAX_PHASES,
    );
  }

  /** Of_Id: ascending, with gaps. */
  idOf(index: number): number {
    this.random.reseed(this.options.seed, PURPOSE.ORDER, index);
    return 100_000 + 3 * index + this.random.below(3);
  }

  /** In minutes; most orders carry a day and no time. The last one is created at the horizon's last minute, which makes that the last event. */
  createdAt(index: number): number {
    const { endMinute, seed } = this.options;
    if (index === this.count - 1) return endMinute;
    const midnight = this.calendar.creationDay(index, this.count) * MINUTES_PER_DAY;
    this.random.reseed(seed, PURPOSE.ORDER_OLD, index);
    return this.random.chance(12, 1000) ? Math.min(midnight + this.random.between(480, 1019), endMinute) : midnight;
  }

  /** The first places of the spread give every product an order; the rest go by demand. */
  productOf(index: number): Product {
    const { products, unknownProducts, demand } = this.catalogue;
    const place = this.byProduct.placeOf(index);
    if (place < products.length) return products[place];
    const unknown = place - products.length;
    if (unknown < this.sizes.ordersOfUnknownProducts) return unknownProducts[unknown % unknownProducts.length];
    this.random.reseed(this.options.seed, PURPOSE.ORDER_PRODUCT, index);
    return products[this.random.weighted(demand)];
  }

  fateOf(index: number): OrderFate {
    const none = { finishedBeforeCreated: false, missingKey: false };
    const newer = this.count - 1 - index;
    const ordinal = this.activeUpTo(newer);
    if (this.activeUpTo(newer + 1) > ordinal) return { ...none, fate: 'active', ordinal };
    if (index >= this.old.size) return { ...none, fate: 'finished', ordinal: 0 };
    let place = this.old.placeOf(index);
    if (place < this.dormant) return { ...none, fate: 'dormant', ordinal: place };
    place -= this.dormant;
    if (place < this.atRest) return { ...none, fate: 'atRest', ordinal: place };
    place -= this.atRest;
    if (place < this.finishedBeforeCreated)
      return { fate: 'finished', ordinal: 0, finishedBeforeCreated: true, missingKey: false };
    place -= this.finishedBeforeCreated;
    return { fate: 'finished', ordinal: 0, finishedBeforeCreated: false, missingKey: place < this.missingKeys };
  }

  /** How many of the newest `rank` orders are active: a broken line of slope at most 1, so that one order adds one or none. */
  private activeUpTo(rank: number): number {
    const curve = this.activeCurve;
    for (let piece = 1; piece < curve.length; piece++) {
      const [from, to] = [curve[piece - 1], curve[piece]];
      if (rank <= to.rank && to.rank > from.rank) {
        return from.active + Math.floor(((rank - from.rank) * (to.active - from.active)) / (to.rank - from.rank));
      }
    }
    return this.active;
  }
}
