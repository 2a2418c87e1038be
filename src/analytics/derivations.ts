import type { Derivation } from './derivation';

/** All that is derived at a load, in order; a later one may read what an earlier one wrote. */
export const DERIVATIONS: readonly Derivation[] = [];
