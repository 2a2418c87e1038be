import { familyOf } from '@libs/forecast';
import { culpritsOf } from '../culprits';
import { GroupState } from './group-state';
import type { OrderView } from './order-features';
import type { FactoryPast, KnownProduct, PastOrder } from './past';

const DAY = 86_400;

/** Age from which an order without a finish counts as forgotten and no longer as backlog. */
const FORGOTTEN_DAYS = 365;

interface Happening {
  readonly time: number;
  readonly apply: () => void;
}

/** The groups that an order belongs to. */
interface Groups {
  readonly product: GroupState;
  readonly family: GroupState;
  readonly line: GroupState;
}

/**
 * Walks through the past in order of time, so that whoever looks sees nothing but what had been recorded before: no
 * feature can know the future, because it has not been told of it yet.
 */
export class Replay {
  private readonly all = new GroupState();
  private readonly products = new Map<string, GroupState>();
  private readonly families = new Map<string, GroupState>();
  private readonly lines = new Map<string, GroupState>();
  private readonly happenings: Happening[];
  private next = 0;
  private nextWip = 0;

  constructor(private readonly past: FactoryPast) {
    this.happenings = past.orders.flatMap((order) => this.happeningsOf(order));
    // Stable: what happened at one moment stays in the order of the orders.
    this.happenings.sort((one, other) => one.time - other.time);
  }

  /**
   * What is known right before `at` for an order of a product. Time only moves on: `at` must not lie before that of an
   * earlier call.
   */
  view(at: number, productId: number | undefined, due?: number): OrderView {
    this.advance(at);
    const groups = this.groupsOf(productId);
    return {
      at,
      product: this.productOf(productId),
      due,
      ofProduct: groups.product,
      ofFamily: groups.family,
      ofLine: groups.line,
      ofAll: this.all,
      areaWip: this.past.areaWip[this.nextWip - 1],
    };
  }

  /** As view, for an order of a family of which the product is not known. */
  viewOfFamily(at: number, family: string): OrderView {
    this.advance(at);
    const line = familyOf(family)?.line ?? '';
    return {
      at,
      ofProduct: new GroupState(),
      ofFamily: stateOf(this.families, family),
      ofLine: stateOf(this.lines, line),
      ofAll: this.all,
      areaWip: this.past.areaWip[this.nextWip - 1],
    };
  }

  /** Whether an order of the family had been created before the last view. */
  hasFamily(family: string): boolean {
    return (this.families.get(family)?.createdCount ?? 0) > 0;
  }

  private advance(at: number): void {
    while (this.next < this.happenings.length && this.happenings[this.next].time < at) {
      this.happenings[this.next++].apply();
    }
    const { areaWip } = this.past;
    while (this.nextWip < areaWip.length && areaWip[this.nextWip].at <= at) this.nextWip++;
  }

  private happeningsOf(order: PastOrder): Happening[] {
    const { created, finished } = order;
    const groups = this.groupsOf(order.product);
    const each = (apply: (group: GroupState) => void): void => {
      for (const group of [groups.product, groups.family, groups.line, this.all]) apply(group);
    };
    const happenings = [{ time: created, apply: () => each((group) => group.create(created)) }];
    const forgotten = created + FORGOTTEN_DAYS * DAY;
    if (finished !== undefined && finished >= created) {
      const known = order.errors.filter(({ time }) => time <= finished);
      const worst = known.reduce((most, { severity }) => Math.max(most, severity), 0);
      const culprits = culpritsOf(known);
      const wasOpen = finished <= forgotten;
      happenings.push({
        time: finished,
        apply: () => each((group) => group.finish(finished, created, wasOpen, worst, culprits)),
      });
    }
    // A finish before the creation is a mistake of the record, which says nothing of when the order left.
    if (finished === undefined || finished > forgotten || finished < created) {
      happenings.push({ time: forgotten, apply: () => each((group) => group.forget(created)) });
    }
    return happenings;
  }

  private groupsOf(productId: number | undefined): Groups {
    const names = familyOf(this.productOf(productId)?.name ?? '');
    return {
      product: productId === undefined ? new GroupState() : stateOf(this.products, String(productId)),
      family: names === undefined ? new GroupState() : stateOf(this.families, names.family),
      line: names === undefined ? new GroupState() : stateOf(this.lines, names.line),
    };
  }

  private productOf(productId: number | undefined): KnownProduct | undefined {
    return productId === undefined ? undefined : this.past.products.get(productId);
  }
}

function stateOf(states: Map<string, GroupState>, key: string): GroupState {
  let state = states.get(key);
  if (state === undefined) states.set(key, (state = new GroupState()));
  return state;
}
