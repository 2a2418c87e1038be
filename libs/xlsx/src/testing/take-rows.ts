import type { SheetContext } from '../fast-rows';
import { FastRows } from '../fast-rows';
import { resolveLimits, type XlsxLimits } from '../limits';
import { RowBuilder } from '../row-builder';
import { SheetScanner } from '../sheet-scanner';
import { XmlScanner } from '../xml-scanner';
import { XlsxError } from '../xlsx-error';
import { batchCells, type ReadCell } from './read-cells';
import { emptyBuilder, stringTable } from './scan-sheet';

const HEAD = '<worksheet><sheetData>';
const TAIL = '</sheetData></worksheet>';

/** Cell format 1 and 10 show dates, 2 is unknown; serials from 10 to below 20 are dates. */
export const CONTEXT: SheetContext = {
  strings: stringTable('Of_Id', '', 'éb'),
  dateStyles: Uint8Array.of(0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 1),
  date1904: false,
  firstDate: 10,
  pastLastDate: 20,
  textCap: 32_767,
};

export interface Taking {
  limits?: Partial<XlsxLimits>;
  batchCells?: number;
  /** the general scanner has read this row tag before */
  after?: string;
}

/** What the fast path takes of these bytes by itself: the cells, and what it leaves to the general scanner. */
export function takeRows(
  rows: string | Buffer,
  { limits: caps, batchCells: size, after }: Taking = {},
): { rest: string; isInRow: boolean; cells: ReadCell[]; out: RowBuilder; xml: XmlScanner } {
  const limits = resolveLimits(caps);
  const xml = new XmlScanner('sheet', limits);
  xml.feed(Buffer.concat([Buffer.from(HEAD + (after ?? '')), Buffer.from(rows as string)]));
  const out =
    caps === undefined && size === undefined ? emptyBuilder(100) : new RowBuilder('S', 0, size ?? 100, limits);
  for (let tags = after === undefined ? 2 : 3; tags > 0; tags--) xml.next();
  if (after !== undefined) out.beginRow(1);
  const fast = new FastRows(xml, out, { ...CONTEXT, textCap: limits.stringLength });
  const isInRow = fast.read(after !== undefined);
  const rest = xml.buf.toString('utf8', xml.pos, xml.end);
  if (isInRow) out.endRow();
  return { rest, isInRow, cells: batchCells(out.takeBatch(0), false), out, xml };
}

/** The cells of these rows, or the code and place of their refusal: by both scanners, or by the general one alone. */
export function outcomeOf(rows: string, isFast: boolean): ReadCell[] | string {
  const limits = resolveLimits();
  const xml = new XmlScanner('sheet', limits);
  if (!isFast) Object.defineProperty(xml, 'isDefaultMain', { value: false });
  const out = emptyBuilder(100);
  const scanner = new SheetScanner(xml, out, CONTEXT);
  const cells: ReadCell[] = [];
  const takeBatch = (): void => {
    cells.push(...batchCells(out.takeBatch(0), false));
    out.clear();
  };
  xml.feed(Buffer.from(HEAD + rows + TAIL));
  xml.finish();
  try {
    while (scanner.scan() === 'full') takeBatch();
    takeBatch();
    return cells;
  } catch (error) {
    if (error instanceof XlsxError) return `${error.code}: ${error.place}`;
    throw error;
  }
}
