import { aggregatesDerivation } from './aggregates/aggregates.derivation';
import { bottlenecksDerivation } from './bottlenecks/bottlenecks.derivation';
import { usualDurationsDerivation } from './bottlenecks/usual-durations.derivation';
import type { AsideTable, Derivation, MergedRun } from './derivation';
import { forecastDerivation } from './forecast/forecast.derivation';
import { inventoryDerivation } from './inventory/inventory.derivation';
import { kpiWindowsDerivation } from './kpis/kpi-windows.derivation';
import { qualityDerivation } from './quality/quality.derivation';

/**
 * All that is derived at a load, in order; a later one may read what an earlier one wrote. The aggregates and the
 * usual durations, which none of the others reads, are last: at a first load the largest tables are built aside, while the
 * others are derived.
 */
export const DERIVATIONS: readonly Derivation[] = [
  forecastDerivation,
  qualityDerivation,
  inventoryDerivation,
  bottlenecksDerivation,
  kpiWindowsDerivation,
  aggregatesDerivation,
  usualDurationsDerivation,
];

/** What of it a first load can fill aside. */
export const ASIDE_TABLES: readonly AsideTable[] = DERIVATIONS.flatMap(({ aside }) => aside ?? []);

/** Runs them all. `onEach` hears after each how many were called. */
export async function deriveAll(run: MergedRun, onEach?: (called: number) => void): Promise<void> {
  const left: (() => Promise<void>)[] = [];
  for (const [position, derivation] of DERIVATIONS.entries()) {
    run.signal.throwIfAborted();
    const rest = await derivation.derive(run);
    if (rest) left.push(rest);
    onEach?.(position + 1);
  }
  for (const finish of left) await finish();
}
