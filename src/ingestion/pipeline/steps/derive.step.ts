import { deriveAll, derivationRun, DERIVATIONS } from '../derive';
import type { Step } from '../run-state';

/** Brings what follows from core up to date with it. */
export const deriveStep: Step = {
  name: 'derive',
  weight: 10,
  async run(state, progress) {
    const run = { ...derivationRun(state), asOf: state.asOf };
    await deriveAll(run, (called) => progress(called / DERIVATIONS.length));
    const kept = [...state.kept.values()].reduce((sum, rows) => sum + rows, 0);
    return { rowsIn: kept, rowsOut: kept, rowsRejected: 0 };
  },
};
