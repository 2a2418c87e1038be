import { CsvEncoder } from '@libs/csv-text';
import type { Page } from '../queries/ingestion.queries';

export type CsvValue = string | number | null;

/** A spreadsheet takes a cell that begins with one of these for a formula, or drops the character and looks again. */
const FORMULA_START = /^[=+\-@\t\r\n]/;

/** Makes a text harmless to a spreadsheet: a leading apostrophe, which spreadsheets show as plain text. */
export function neutralise(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

/**
 * All pages of a list as CSV (RFC 4180, UTF-8), a chunk a page. The next page is read when the client has taken the one
 * before: memory holds one page whatever the list holds, and no transaction stays open behind a slow client.
 *
 * @param readPage reads the page after a cursor, the first one without
 */
export async function* csvStream<Row>(
  header: readonly string[],
  toCells: (row: Row) => readonly CsvValue[],
  readPage: (cursor: string | undefined) => Promise<Page<Row>>,
): AsyncGenerator<Buffer> {
  const encoder = new CsvEncoder();
  header.forEach((name) => encoder.text(name));
  encoder.endRow();
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    for (const row of page.rows) writeRow(encoder, toCells(row));
    yield encoder.take();
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

function writeRow(encoder: CsvEncoder, cells: readonly CsvValue[]): void {
  for (const cell of cells) {
    if (cell === null) encoder.null();
    else if (typeof cell === 'string') encoder.text(neutralise(cell));
    // A negative number begins with a minus sign too.
    else if (cell < 0) encoder.text(neutralise(String(cell)));
    else encoder.number(cell);
  }
  encoder.endRow();
}
