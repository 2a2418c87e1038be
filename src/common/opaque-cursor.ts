import { createHash } from 'node:crypto';
import { InvalidRequestError } from './domain-error';

const CHECK_BYTES = 9;
const MAX_LENGTH = 512;

/** What a cursor holds: the sort key of the last row given, as JSON scalars. */
export type CursorKey = readonly (string | number | null)[];

/**
 * Cursors of one list: base64url of a check sum followed by the JSON of the key. The sum is no secret (the key is no
 * secret either: every row shows it); it makes a cursor that was cut, altered or made for another list a 400, where
 * the bare key would silently begin somewhere else. The filters are not part of it: the frontend keeps its cursor when
 * the search text changes, and a position is as good under other filters.
 */
export class OpaqueCursor<Key extends CursorKey> {
  /**
   * @param kind names the list and the shape of its key; change it when the shape changes (`orders.1`)
   * @param isKey whether a decoded value has the key's shape
   */
  constructor(
    private readonly kind: string,
    private readonly isKey: (value: readonly unknown[]) => boolean,
  ) {}

  encode(key: Key): string {
    const json = JSON.stringify(key);
    return Buffer.concat([this.check(json), Buffer.from(json)]).toString('base64url');
  }

  /** @throws InvalidRequestError when the text is not a cursor that encode made for this list. */
  decode(text: string): Key {
    const bytes = text.length <= MAX_LENGTH ? Buffer.from(text, 'base64url') : Buffer.alloc(0);
    const json = bytes.subarray(CHECK_BYTES).toString();
    // Buffer skips what is not base64url and ignores spare bits, so other texts have the same bytes: only the one that
    // encode writes is taken.
    if (bytes.toString('base64url') !== text || !this.check(json).equals(bytes.subarray(0, CHECK_BYTES))) this.refuse();
    const key = JSON.parse(json) as unknown;
    if (!Array.isArray(key) || !this.isKey(key)) this.refuse();
    return key as unknown as Key;
  }

  private check(json: string): Buffer {
    return createHash('sha256').update(`${this.kind}\n${json}`).digest().subarray(0, CHECK_BYTES);
  }

  private refuse(): never {
    throw new InvalidRequestError(
      'cursor is not one that this list gave: pass next_cursor of the page before, unchanged, or leave it out.',
    );
  }
}
