import { mean } from './quantile';

/** Orders that count like one more group around a rate: as in the other risks. */
const PRIOR_ORDERS = 20;
/** Finished orders that the choice between rates is made by. */
export const LATEST_SCORED = 500;

/** A way to say how likely an order has an error that a phase type causes. */
export interface CulpritBaseline {
  readonly name: CulpritBaselineName;
  readonly label: string;
  /** How many orders of product and family count, those finished last; 0: none, all orders alone do. */
  readonly count: number;
}

export type CulpritBaselineName = 'all_rate' | 'product_rate' | 'recent_rate';

export const CULPRIT_BASELINES: readonly CulpritBaseline[] = [
  {
    name: 'product_rate',
    label: 'rate of the product’s last 500 orders, shrunk to the family’s and that to the last 500',
    count: 500,
  },
  {
    name: 'recent_rate',
    label: 'rate of the product’s last 50 orders, shrunk to the family’s and that to the last 500',
    count: 50,
  },
  { name: 'all_rate', label: 'rate of the last 500 orders, whatever the product', count: 0 },
];

/** The phase types that caused some errors, each once. */
export function culpritsOf(errors: readonly { readonly culprit?: number }[]): number[] {
  return [...new Set(errors.flatMap(({ culprit }) => culprit ?? []))];
}

/** Of the orders finished last, how many had an error that each phase type caused. */
class Window {
  private readonly held: (readonly number[])[] = [];
  private readonly counts = new Map<number, number>();
  private first = 0;

  constructor(private readonly size: number) {}

  get orders(): number {
    return this.held.length - this.first;
  }

  of(culprit: number): number {
    return this.counts.get(culprit) ?? 0;
  }

  add(culprits: readonly number[]): void {
    this.held.push(culprits);
    this.change(culprits, 1);
    if (this.orders > this.size) this.change(this.held[this.first++], -1);
  }

  private change(culprits: readonly number[], by: number): void {
    for (const culprit of culprits) this.counts.set(culprit, this.of(culprit) + by);
  }
}

/** What is known of the culprits of a group of orders. */
export class CulpritCounts {
  private readonly windows = new Map([50, 500].map((size) => [size, new Window(size)]));

  /** @param culprits the phase types that caused an error of an order that is finished now, each once */
  add(culprits: readonly number[]): void {
    for (const window of this.windows.values()) window.add(culprits);
  }

  window(size: number): { readonly orders: number; of(culprit: number): number } {
    return this.windows.get(size) ?? NOTHING;
  }
}

const NOTHING = { orders: 0, of: () => 0 };

/** The groups that an order belongs to. */
export interface CulpritView {
  readonly ofProduct: { readonly culprits: CulpritCounts };
  readonly ofFamily: { readonly culprits: CulpritCounts };
  readonly ofAll: { readonly culprits: CulpritCounts };
}

/**
 * How likely an order has an error that a phase type causes: each group's rate pulled towards the wider group's as if
 * that had sent it 20 orders more. NaN while nothing is finished.
 */
export function culpritRisk(
  { ofProduct, ofFamily, ofAll }: CulpritView,
  culprit: number,
  { count }: CulpritBaseline,
): number {
  const all = ofAll.culprits.window(500);
  if (all.orders === 0) return NaN;
  const rate = all.of(culprit) / all.orders;
  if (count === 0) return rate;
  const shrunk = (counts: CulpritCounts, prior: number): number => {
    const window = counts.window(count);
    return (window.of(culprit) + PRIOR_ORDERS * prior) / (window.orders + PRIOR_ORDERS);
  };
  return shrunk(ofProduct.culprits, shrunk(ofFamily.culprits, rate));
}

/** The rates side by side over the orders finished last: the mean Brier score of all types that caused an error. */
export interface CulpritComparison {
  readonly best: CulpritBaseline;
  readonly orders: number;
  readonly briers: Readonly<Record<CulpritBaselineName, number>>;
}

/** @param scored in order of the finishes; the mean squared error of each order, by CULPRIT_BASELINES; NaN: no answer */
export function compareCulprits(scored: readonly (readonly number[])[]): CulpritComparison {
  const latest = scored.filter((scores) => !scores.some(Number.isNaN)).slice(-LATEST_SCORED);
  const means = CULPRIT_BASELINES.map((_, index) => mean(latest.map((scores) => scores[index])));
  const best = CULPRIT_BASELINES.reduce(
    (one, other, index) => (means[index] < means[CULPRIT_BASELINES.indexOf(one)] ? other : one),
    CULPRIT_BASELINES[0],
  );
  const briers = Object.fromEntries(CULPRIT_BASELINES.map(({ name }, index) => [name, means[index]]));
  return { best, orders: latest.length, briers: briers as CulpritComparison['briers'] };
}
