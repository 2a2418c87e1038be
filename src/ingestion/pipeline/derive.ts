import type { DerivationRun } from '../../analytics/derivation';
import type { RunState } from './run-state';

export { ASIDE_TABLES, deriveAll, DERIVATIONS } from '../../analytics/derivations';

/** What derivations are given of a run. What was derived under other settings is no ground to build on. */
export function derivationRun(state: RunState): DerivationRun {
  return {
    client: state.client,
    runId: state.order.runId,
    loadedAt: state.loadedAt,
    isFirst: state.coreWasEmpty,
    fromNothing: state.coreWasEmpty || state.published?.settingsHash !== state.settings.hash,
    settings: state.settings,
    signal: state.signal,
    builtAside: async (table) => (state.coreWasEmpty ? state.beside?.tables.get(table) : undefined),
  };
}
