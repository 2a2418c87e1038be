import type { Operation } from './document';

/** How often an operation was asked with the right key, and answered below 400 to anybody. */
export interface OperationTally {
  asked: number;
  answered: number;
}

/** A GET without a parameter that it needs is answered at least two times in five: of so many requests, not never. */
const ENOUGH_OF_PLAIN = 15;
/** The others are answered at least three times in a hundred. */
const ENOUGH = 300;

/** What requests out of the blue cannot succeed with. */
const OUT_OF_REACH: readonly RegExp[] = [
  // It takes a load that runs at this moment: the sequences do that.
  /^POST \/api\/ingestion\/cancel\//,
  // They take 500 finished orders, more than the generated workbook of the default size has.
  /^(GET|POST) \/api\/ml\/(predict|explain)\//,
];

/** Whether so many requests must have led to an answer below 400, and none did. */
export function isRefusedAlways(operation: Operation, tally: OperationTally): boolean {
  if (tally.answered > 0 || OUT_OF_REACH.some((name) => name.test(operation.name))) return false;
  const needsNothing = operation.method === 'GET' && operation.parameters.every(({ required }) => !required);
  return tally.asked >= (needsNothing ? ENOUGH_OF_PLAIN : ENOUGH);
}
