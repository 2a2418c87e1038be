import type { Catalogue, Product } from './catalogue';
import { FactoryCalendar, MINUTES_PER_DAY, weekday } from './factory-calendar';
import {
  BEGUN_ACTIVE,
  BEGUN_AT_REST,
  BEGUN_DORMANT,
  DELIVERY_HOURS,
  DUE_AFTER_CREATION_DAYS,
  FINISHED_BY_HOUR,
  LATE_DAYS,
  PRODUCTION_HOURS,
  SINCE_LAST_EVENT_HOURS,
} from './factory-tables';
import type { OrderBook, OrderFate } from './order-book';
import { AR, EM_USO, EN, RESTING_PLACES, type RouteType } from './phase-types';
import { PURPOSE } from './purposes';
import { Random, runningSums } from '@libs/random';
import type { ResolvedOptions } from './sample-options';
import { Spread } from './spread';

const CAPACITY = 256;
/** No date. */
export const NONE = -1;
const HOURS = runningSums(FINISHED_BY_HOUR);
const RESTING = runningSums(RESTING_PLACES.map((place) => place.share));
/** Of 708 active orders 698 phases are open, of 207 dormant ones 191, of 241 at rest 26; 26 of 698 are second ones of their order. */
const OPEN_SHARES = { active: 698 / 708, dormant: 191 / 207, atRest: 26 / 241 };
const SECOND_SHARE = 26 / 698;

/** One order and its phases, in minutes since 1970 on the factory's wall clock. The same object is filled anew for every order. */
export class OrderHistory {
  index = 0;
  id = 0;
  created = 0;
  finish = NONE;
  due = NONE;
  product!: Product;
  state!: OrderFate;
  /** Fase_Id of the order itself. */
  currentType = 0;
  /** Steps in the order of the work, `count` of them. */
  count = 0;
  readonly types: RouteType[] = [];
  readonly sequence = new Uint8Array(CAPACITY);
  readonly again = new Uint8Array(CAPACITY);
  readonly start = new Float64Array(CAPACITY);
  readonly end = new Float64Array(CAPACITY);
}

/** Lives an order through: from its place in the book to the dates of its phases. Nothing here depends on another order. */
export class HistoryMaker {
  private readonly random: Random;
  private readonly open: Record<'active' | 'dormant' | 'atRest', { total: number; second: number }>;
  private readonly activeOpen: Spread;
  private readonly minutes = new Float64Array(CAPACITY);
  private readonly gaps = new Float64Array(CAPACITY);
  private readonly repeats = new Uint8Array(CAPACITY);

  constructor(
    private readonly options: ResolvedOptions,
    private readonly book: OrderBook,
    private readonly calendar: FactoryCalendar,
    readonly catalogue: Catalogue,
  ) {
    this.random = new Random(options.seed, PURPOSE.ORDER);
    const shares = (orders: number, share: number): { total: number; second: number } => {
      const total = Math.round(orders * share);
      return { total, second: Math.round(total * SECOND_SHARE) };
    };
    this.open = {
      active: shares(book.active, OPEN_SHARES.active),
      dormant: shares(book.dormant, OPEN_SHARES.dormant),
      atRest: shares(book.atRest, OPEN_SHARES.atRest),
    };
    this.activeOpen = new Spread(book.active, options.seed, PURPOSE.ACTIVE_OPEN);
  }

  fill(history: OrderHistory, index: number): void {
    const { book, random } = this;
    history.index = index;
    history.id = book.idOf(index);
    history.created = book.createdAt(index);
    history.product = book.productOf(index);
    history.state = book.fateOf(index);
    history.count = book.phaseCounts[index];
    random.reseed(this.options.seed, PURPOSE.ORDER + 100, index);
    this.layOut(history);
    if (history.state.fate === 'finished') this.liveFinished(history);
    else this.liveUnfinished(history);
  }

  /** The route with its returns: a step done again comes after the step that found the fault. */
  private layOut(history: OrderHistory): void {
    const { route } = history.product;
    const { repeats, random } = this;
    const steps = Math.min(route.length, history.count);
    repeats.fill(0, 0, steps);
    const sums = runningSums(route.slice(0, steps).map((type) => type.rework));
    const again = history.count - steps;
    for (let repeat = 0; repeat < again; repeat++) {
      // A route of nothing but storage has no work to return to.
      repeats[sums[steps - 1] > 0 ? random.weighted(sums) : 0]++;
    }
    let at = 0;
    const put = (step: number, isAgain: number): void => {
      history.types[at] = route[step];
      history.sequence[at] = step + 1;
      history.again[at] = isAgain;
      at++;
    };
    for (let step = 0; step < steps; step++) {
      // Work is done again before the boat is stored, whatever found the fault.
      const returned = step > 0 ? repeats[step - 1] : 0;
      const stored = isAfterFinish(route[step]);
      if (!stored) put(step, 0);
      for (let repeat = 0; repeat < returned; repeat++) put(step - 1, 1);
      if (stored) put(step, 0);
    }
    for (let repeat = 0; repeat < repeats[steps - 1]; repeat++) put(steps - 1, 1);
  }

  private liveFinished(history: OrderHistory): void {
    const { random, calendar } = this;
    const { endMinute } = this.options;
    const made = workSteps(history);
    // One in a hundred orders is forgotten for a while.
    const lead = random.quantile(history.product.family.leadHours) * (random.chance(1, 100) ? 180 : 60);
    let finish = this.workingTime(history.created + lead);
    // The latest orders that are finished at all were quick ones.
    if (finish > endMinute)
      finish = history.created + Math.floor(((endMinute - history.created) * random.between(30, 100)) / 100);
    history.finish = Math.max(history.created, finish);
    const begin = Math.max(history.created, history.finish - random.quantile(PRODUCTION_HOURS) * 60);
    this.schedule(history, 0, made, begin, history.finish);

    let at = history.finish;
    const delivered = at + random.quantile(DELIVERY_HOURS) * 60;
    for (let step = made; step < history.count; step++) {
      if (delivered > endMinute) {
        history.start[step] = history.end[step] = NONE;
        continue;
      }
      const type = history.types[step];
      history.start[step] = at;
      if (type.role === 'stored') at = Math.min(endMinute, Math.max(at, calendar.fromWork(calendar.toWork(delivered))));
      else if (!random.chance(type.instant, 100)) at = Math.min(endMinute, at + random.quantile(type.minutes));
      history.end[step] = at;
    }
    const resting = random.chance(8, 1000) ? EM_USO : EN.id;
    history.currentType = delivered > endMinute ? AR.id : resting;
    const late = random.quantile(LATE_DAYS);
    history.due = friday(Math.floor(history.finish / MINUTES_PER_DAY) - late, late > 0);
  }

  private liveUnfinished(history: OrderHistory): void {
    const { random } = this;
    const { endMinute } = this.options;
    const { fate } = history.state;
    const open = this.openPhases(history);
    const begunShare = random.quantile(
      fate === 'active' ? BEGUN_ACTIVE : fate === 'dormant' ? BEGUN_DORMANT : BEGUN_AT_REST,
    );
    const limit = fate === 'atRest' ? history.count : workSteps(history);
    // An order older than half a year is active only because something of it was begun since.
    const least = endMinute - history.created > 150 * MINUTES_PER_DAY && fate === 'active' ? 1 : 0;
    const begun = Math.min(
      history.count,
      Math.max(open, least, Math.min(limit, Math.round((begunShare * history.count) / 1000))),
    );
    let last: number;
    if (fate === 'active') {
      last = Math.max(history.created, endMinute - random.quantile(SINCE_LAST_EVENT_HOURS) * 60);
    } else {
      const latest = fate === 'dormant' ? endMinute - 181 * MINUTES_PER_DAY : endMinute;
      last = Math.min(latest, history.created + random.quantile(history.product.family.leadHours) * 60);
    }
    last = Math.max(history.created, last);
    history.finish = NONE;
    const span = Math.floor((random.quantile(PRODUCTION_HOURS) * 60 * begun) / history.count);
    this.schedule(history, 0, begun, Math.max(history.created, last - span), last);
    for (let step = begun - open; step < begun; step++) history.end[step] = NONE;
    for (let step = begun; step < history.count; step++) history.start[step] = history.end[step] = NONE;
    const place = RESTING_PLACES[random.weighted(RESTING)].id;
    history.currentType = fate === 'atRest' ? place : history.types[Math.max(0, begun - 1)].id;
    history.due = friday(
      Math.floor(history.created / MINUTES_PER_DAY) + random.quantile(DUE_AFTER_CREATION_DAYS),
      false,
    );
  }

  /** How many phases of an unfinished order are open: exact over all orders of its fate. */
  private openPhases(history: OrderHistory): number {
    const { fate, ordinal } = history.state;
    if (fate === 'finished') return 0;
    const { total, second } = this.open[fate];
    const place = fate === 'active' ? this.activeOpen.placeOf(ordinal) : ordinal;
    return Math.min(history.count, place < second ? 2 : place < total - second ? 1 : 0);
  }

  /** A finish at a time of day as the factory records them; a Sunday moves to Saturday. */
  private workingTime(minute: number): number {
    const { random } = this;
    let day = Math.floor(minute / MINUTES_PER_DAY);
    if (weekday(day) === 0) day--;
    const hour = random.weighted(HOURS);
    return day * MINUTES_PER_DAY + (hour === 0 ? 0 : hour * 60 + random.below(60));
  }

  /**
   * Steps `from` to `to` one after another between two moments, in working time: durations as the type's history has them, cut where the time
   * is short, and the time left over as waits before them.
   */
  private schedule(history: OrderHistory, from: number, to: number, begin: number, finish: number): void {
    const { random, calendar, minutes, gaps } = this;
    const first = calendar.toWork(begin);
    const available = calendar.toWork(finish) - first;
    let busy = 0;
    let waits = 0;
    for (let step = from; step < to; step++) {
      const type = history.types[step];
      minutes[step] = random.chance(type.instant, 100) ? 0 : random.quantile(type.minutes);
      busy += minutes[step];
      gaps[step] = random.below(16) * random.below(16);
      waits += gaps[step];
    }
    const allowed = Math.floor((available * 4) / 5);
    if (busy > allowed) {
      let shorter = 0;
      for (let step = from; step < to; step++) {
        minutes[step] = Math.floor((minutes[step] * allowed) / busy);
        shorter += minutes[step];
      }
      busy = shorter;
    }
    const slack = available - busy;
    let waited = 0;
    let worked = 0;
    for (let step = from; step < to; step++) {
      waited += gaps[step];
      const at = first + worked + (waits > 0 ? Math.floor((slack * waited) / waits) : 0);
      history.start[step] = clamp(calendar.fromWork(at), begin, finish);
      worked += minutes[step];
      // Work goes on after closing time (there are shifts): only waits stop at night. The next start is never before, since the working clock
      // needs at least as long.
      history.end[step] = Math.min(history.start[step] + minutes[step], finish);
    }
  }
}

/** Storing, packing and delivering come after the finish. */
function isAfterFinish({ role }: RouteType): boolean {
  return role === 'stored' || role === 'packed' || role === 'delivered';
}

function workSteps(history: OrderHistory): number {
  let steps = 0;
  while (steps < history.count && !isAfterFinish(history.types[steps])) steps++;
  return steps;
}

function clamp(value: number, lo: number, hi: number): number {
  return Math.max(lo, Math.min(hi, value));
}

/** Trucks leave on Fridays: the midnight of the Friday on or before (or after) a day. */
function friday(day: number, before: boolean): number {
  const past = (weekday(day) + 2) % 7;
  return (before ? day - past : day + ((7 - past) % 7)) * MINUTES_PER_DAY;
}
