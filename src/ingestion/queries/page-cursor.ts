import { createHash } from 'node:crypto';
import { InvalidRequestError } from '../../common/domain-error';

const CHECK_CHARACTERS = 12;
const LONGEST = 512;

/** Where a page ended: the sort key of its last row. */
export type Position = readonly (string | number)[];

/**
 * Writes a position as an opaque text. The checksum is no secret: it tells a damaged cursor, or one of another list,
 * from a good one, so that a client's mistake is a 400 and not a page from somewhere else. All a cursor can say is
 * where to go on, so there is nothing in it to protect from forgery.
 *
 * @param list name of the list the position belongs to
 */
export function encodeCursor(list: string, position: Position): string {
  const payload = Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');
  return payload + checksum(list, payload);
}

/**
 * Reads what encodeCursor wrote for the same list.
 * @throws InvalidRequestError for any other text
 */
export function decodeCursor(list: string, cursor: string): Position {
  const payload = cursor.slice(0, -CHECK_CHARACTERS);
  if (cursor.length <= LONGEST && checksum(list, payload) === cursor.slice(-CHECK_CHARACTERS)) {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Position;
  }
  throw new InvalidRequestError(
    'cursor is not one that this list gave out: pass next_cursor of the page before unchanged, or leave it out to begin anew.',
  );
}

function checksum(list: string, payload: string): string {
  return createHash('sha256').update(`${list}.${payload}`).digest('base64url').slice(0, CHECK_CHARACTERS);
}
