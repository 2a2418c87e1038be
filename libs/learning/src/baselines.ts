import type { OrderView } from './features/order-features';
import type { GroupState } from './features/group-state';
import type { Quantiles } from './measures/regression';

/** Orders that a group needs before it is asked; with fewer the next wider one is. */
const MINIMUM_ORDERS = 5;

/** Orders that count like one more group around a rate: as in the baseline risk of quality. */
const PRIOR_ORDERS = 20;

/** A group that an answer came from. */
export type BaselineLevel = 'product' | 'family' | 'all';

/** An answer without a model: always there as soon as one order is finished, the same for the same past. */
export interface LeadTimeBaseline {
  readonly name: string;
  readonly label: string;
  /** Days; undefined while nothing is finished. */
  readonly of: (view: OrderView) => (Quantiles & { level: BaselineLevel }) | undefined;
}

export interface RiskBaseline {
  readonly name: string;
  readonly label: string;
  /** Probability that an order has an error of a severity of at least `severity`; undefined while nothing is finished. */
  readonly of: (view: OrderView, severity: RiskSeverity) => { probability: number; level: BaselineLevel } | undefined;
}

/** Any error, or only those of severity 2 or more. */
export type RiskSeverity = 1 | 2;

function firstWithEnough(view: OrderView): [BaselineLevel, GroupState] {
  if (view.ofProduct.finishedCount >= MINIMUM_ORDERS) return ['product', view.ofProduct];
  if (view.ofFamily.finishedCount >= MINIMUM_ORDERS) return ['family', view.ofFamily];
  return ['all', view.ofAll];
}

function leadTimes(
  name: string,
  label: string,
  pick: (view: OrderView) => [BaselineLevel, GroupState],
  quantileOf: (group: GroupState, share: number) => number,
): LeadTimeBaseline {
  return {
    name,
    label,
    of: (view) => {
      const [level, group] = pick(view);
      if (group.finishedCount === 0) return undefined;
      const [p10, p50, p90] = [0.1, 0.5, 0.9].map((share) => quantileOf(group, share));
      return { p10, p50, p90, level };
    },
  };
}

export const LEAD_TIME_BASELINES: readonly LeadTimeBaseline[] = [
  leadTimes(
    'product_median',
    'median of the product’s orders, else of the family’s, else of all',
    firstWithEnough,
    (group, share) => group.lead(share),
  ),
  leadTimes(
    'recent_product_median',
    'median of the product’s last 20 orders, else of the family’s, else of all',
    firstWithEnough,
    (group, share) => group.recentLead(20, share),
  ),
  leadTimes(
    'recent_median',
    'median of the last 300 orders',
    ({ ofAll }) => ['all', ofAll],
    (group, share) => group.recentLead(300, share),
  ),
];

function rates(name: string, label: string, count: number): RiskBaseline {
  return {
    name,
    label,
    of: ({ ofProduct, ofFamily, ofAll }, severity) => {
      if (ofAll.finishedCount === 0) return undefined;
      // Each group is pulled towards the wider one as if that had sent it 20 orders more.
      const shrunk = (group: GroupState, prior: number): number => {
        const orders = Math.min(count, group.finishedCount);
        const erred = orders === 0 ? 0 : orders * group.recentErrorRate(count, severity);
        return (erred + PRIOR_ORDERS * prior) / (orders + PRIOR_ORDERS);
      };
      const all = ofAll.recentErrorRate(500, severity);
      const probability = shrunk(ofProduct, shrunk(ofFamily, all));
      const level = ofProduct.finishedCount > 0 ? 'product' : ofFamily.finishedCount > 0 ? 'family' : 'all';
      return { probability, level };
    },
  };
}

export const RISK_BASELINES: readonly RiskBaseline[] = [
  rates('product_rate', 'rate of the product’s last 500 orders, shrunk to the family’s and that to the last 500', 500),
  rates('recent_rate', 'rate of the product’s last 50 orders, shrunk to the family’s and that to the last 500', 50),
];
