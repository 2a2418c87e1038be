import { dateSerialRange } from '../dates';
import type { SheetContext } from '../fast-rows';
import { resolveLimits, type XlsxLimits } from '../limits';
import { RowBuilder } from '../row-builder';
import { SharedStrings } from '../shared-strings';
import { SheetScanner } from '../sheet-scanner';
import { driveScanner } from '../xml-part';
import { batchCells, type ReadCell } from './read-cells';

/** The bytes cut at these places, asynchronously as from a file. */
export async function* cut(bytes: Buffer, places: readonly number[]): AsyncGenerator<Buffer> {
  const sorted = [...new Set([0, ...places, bytes.length])].sort((a, b) => a - b);
  for (let i = 1; i < sorted.length; i++) yield await Promise.resolve(bytes.subarray(sorted[i - 1], sorted[i]));
}

/** A shared string table of these texts. */
export function stringTable(...texts: string[]): SharedStrings {
  const bytes = new SharedArrayBuffer(Buffer.byteLength(texts.join('')));
  Buffer.from(bytes).write(texts.join(''));
  const ends = texts.map((_, i) => Buffer.byteLength(texts.slice(0, i + 1).join('')));
  const offsets = new SharedArrayBuffer((texts.length + 1) * 4);
  new Uint32Array(offsets).set([0, ...ends]);
  return new SharedStrings({ bytes, offsets, count: texts.length });
}

/** A builder has room for a row of all columns, which takes longer to make than a small sheet to read. */
const BUILDERS = new Map<number, RowBuilder>();

/** An empty builder of batches of this size, under the default caps: one for all who ask for it, one after the other. */
export function emptyBuilder(batchSize: number): RowBuilder {
  const rows = BUILDERS.get(batchSize) ?? new RowBuilder('S', 0, batchSize, resolveLimits());
  BUILDERS.set(batchSize, rows);
  rows.clear();
  return Object.assign(rows, { row: 0, lastColumn: 0, isOutOfOrder: false });
}

/** The cells of a worksheet part without a workbook: one shared string, and cell format 1 shows a date. */
export async function scanSheet(
  chunks: AsyncIterable<Buffer>,
  limits: XlsxLimits,
  batchSize = 100,
): Promise<ReadCell[]> {
  const context: SheetContext = {
    strings: stringTable('Of_Id'),
    dateStyles: Uint8Array.of(0, 1),
    date1904: false,
    ...dateSerialRange(false),
    textCap: limits.stringLength,
  };
  const rows = emptyBuilder(batchSize);
  const cells: ReadCell[] = [];
  let scanner: SheetScanner | undefined;
  for await (const { scanner: xml } of driveScanner({ name: 'sheet', chunks }, limits)) {
    scanner ??= new SheetScanner(xml, rows, context);
    while (scanner.scan() === 'full') {
      cells.push(...batchCells(rows.takeBatch(0), false));
      rows.clear();
    }
  }
  cells.push(...batchCells(rows.takeBatch(0), false));
  return cells;
}

/** The same from bytes that come `step` at a time. */
export function scanSheetBytes(bytes: Buffer, step: number, limits: XlsxLimits): Promise<ReadCell[]> {
  const places = Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) => i * step);
  return scanSheet(cut(bytes, places), limits);
}
