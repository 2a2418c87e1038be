import { culpritRisk } from '@libs/learning';
import type { Asked } from './asked';
import type { KnownPast } from './known-past';

/** Phase types that are named at most. */
const NAMED = 10;

/** How likely an order has an error that each phase type causes, and which rate says so. */
export interface CulpritRisks {
  /** The likeliest first. */
  readonly risks: readonly { readonly culprit: number; readonly risk: number }[];
  readonly baseline: string;
  readonly reason: string;
}

/**
 * The likeliest culprits of what is asked about, by what is known now. No model is trained of each culprit: most cause an
 * error in one order of a hundred or fewer, and the rates that are there are compared with each other instead.
 */
export function culpritRisks({ view, product }: Asked, known: KnownPast): CulpritRisks {
  const { culprits, culpritRates } = known.table;
  const { best, orders, briers } = culpritRates;
  const present = view ?? known.viewOfProduct(product);
  const risks = culprits
    .map((culprit) => ({ culprit, risk: culpritRisk(present, culprit, best) }))
    .filter(({ risk }) => risk > 0)
    .sort((one, other) => other.risk - one.risk || one.culprit - other.culprit)
    .slice(0, NAMED);
  if (orders === 0 || culprits.length === 0) {
    return { risks: [], baseline: best.name, reason: 'No error of a finished order names the phase that caused it.' };
  }
  const compared = Object.entries(briers).map(([name, brier]) => `${name} ${brier.toFixed(5)}`);
  return {
    risks,
    baseline: best.name,
    reason: `No model is trained per culprit. The ${best.label}; mean Brier score over ${culprits.length} culprits on the last ${orders} finished orders: ${compared.join(', ')}.`,
  };
}
