import { isDeepStrictEqual } from 'node:util';
import type { Expectation } from './case';
import { PATIENCE_MS } from './reader-process';
import type { Outcome } from './reading';

/** What the reader may take, with the process around it. */
export const MEMORY_BYTES = 300e6;

/** What is wrong with an outcome, in words; undefined when nothing is. */
export function judge(expected: Expectation, outcome: Outcome): string | undefined {
  if (outcome.kind === 'hung') return `gives no answer within ${PATIENCE_MS / 1000} s`;
  if (outcome.kind === 'crashed') return `ends the process: ${outcome.error}`;
  if (outcome.kind === 'failed') return `is no refusal: ${outcome.error}`;
  if (outcome.peakBytes > MEMORY_BYTES) return `takes ${(outcome.peakBytes / 1e6).toFixed(0)} MB`;
  if (outcome.kind === 'refused') {
    if (expected.kind === 'refused' && expected.code !== outcome.code)
      return `is refused with ${outcome.code} instead of ${expected.code}`;
    const mustRead = expected.kind === 'read' || expected.kind === 'quarantined';
    return mustRead ? `is refused with ${outcome.code}` : undefined;
  }
  switch (expected.kind) {
    case 'refused':
      return `is read, instead of refused with ${expected.code}`;
    case 'quarantined':
      return outcome.quarantined === expected.rows
        ? undefined
        : `loses ${outcome.quarantined} rows instead of ${expected.rows}`;
    case 'read':
    case 'refused or right': {
      if (expected.sheets === undefined) return undefined;
      return isDeepStrictEqual(outcome.sheets, expected.sheets) ? undefined : 'is read with other cells';
    }
    case 'refused or read':
      return undefined;
  }
}
