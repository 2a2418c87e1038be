import { createHash } from 'node:crypto';

/** What an answer depends on beside the data: the values of a request's parameters, undefined where none was given. */
export type CacheParams = Readonly<Record<string, string | number | boolean | Date | null | undefined>>;

const LONGEST_TEXT = 200;

/**
 * One text for one meaning: whatever the order of the parameters, and whether one that was not given is named or not.
 * A long one (a search text is whatever somebody typed) is replaced by its hash.
 */
export function canonicalParams(params: CacheParams): string {
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  given.sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify(given);
  return text.length <= LONGEST_TEXT ? text : createHash('sha256').update(text).digest('hex');
}
