import { lockWriters } from '../database/writer-lock';
import type { Derivation } from './derivation';

/** Derives nothing: the first of all, it takes the lock that keeps jobs off while a load merges and derives. */
export const writerLockDerivation: Derivation = {
  name: 'writer-lock',
  beforeMerge: ({ client }) => lockWriters(client),
  derive: ({ client }) => lockWriters(client),
};
