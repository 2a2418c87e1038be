import type { DerivationRun } from '../../analytics/derivation';
import type { RunState } from './run-state';

export { DERIVATIONS } from '../../analytics/derivations';

/** What derivations are given of a run. */
export function derivationRun(state: RunState, fromNothing: boolean): DerivationRun {
  return {
    client: state.client,
    runId: state.order.runId,
    loadedAt: state.loadedAt,
    fromNothing,
    settings: state.settings,
    signal: state.signal,
  };
}
