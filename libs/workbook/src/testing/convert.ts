import { factoryZone } from '@libs/factory-time';
import { CellType, wallSecondsToSerial, type RowBatch } from '@libs/xlsx';
import { NO_ALIASES, SheetConverter, sheetOf, type Entity, type SheetConverterOptions } from '../index';

/** A cell as a test writes it; null for none. */
export type Cell = number | string | boolean | null | { date: string } | { serial: number } | { error: string };

/** A batch as the reader gives it; `at` names the Excel row of a row where it is not the next one. */
export function batchOf(rows: readonly (readonly Cell[])[], at: readonly number[] = []): RowBatch {
  const cells = rows.flatMap((row, r) =>
    row.flatMap((cell, c) => (cell === null ? [] : [{ r, column: c + 1, ...encode(cell) }])),
  );
  return {
    sheet: 'S',
    sheetIndex: 0,
    rowCount: rows.length,
    rowNumber: Uint32Array.from(rows.map((_, i) => at[i] ?? i + 1)),
    cellStart: Uint32Array.from([...rows.keys(), rows.length].map((r) => cells.filter((cell) => cell.r < r).length)),
    cellColumn: Uint16Array.from(cells.map((cell) => cell.column)),
    cellType: Uint8Array.from(cells.map((cell) => cell.type)),
    cellNumber: Float64Array.from(cells.map((cell) => cell.number)),
    cellText: cells.map((cell) => cell.text),
    bytesRead: 0,
  };
}

function encode(cell: Exclude<Cell, null>): { type: number; number: number; text?: string } {
  if (typeof cell === 'number') return { type: CellType.NUMBER, number: cell };
  if (typeof cell === 'boolean') return { type: CellType.BOOLEAN, number: cell ? 1 : 0 };
  if (typeof cell === 'string') return { type: CellType.STRING, number: 0, text: cell };
  if ('error' in cell) return { type: CellType.ERROR, number: 0, text: cell.error };
  const serial = 'serial' in cell ? cell.serial : wallSecondsToSerial(Date.parse(`${cell.date}Z`) / 1000, false);
  return { type: CellType.DATE, number: serial };
}

/** Fields of the COPY rows, by column name. */
function copyRows(entity: Entity, bytes: Buffer): Record<string, Buffer | null>[] {
  const names = SheetConverter.copyColumns(sheetOf(entity));
  const rows: Record<string, Buffer | null>[] = [];
  for (let at = 19; bytes.readInt16BE(at) !== -1;) {
    const count = bytes.readInt16BE(at);
    if (count !== names.length) throw new Error(`A row of COPY has ${count} fields, not ${names.length}.`);
    at += 2;
    const row: Record<string, Buffer | null> = {};
    for (const name of names) {
      const length = bytes.readInt32BE(at);
      at += 4;
      row[name] = length === -1 ? null : bytes.subarray(at, at + length);
      at += Math.max(0, length);
    }
    rows.push(row);
  }
  return rows;
}

/** A text of a COPY row. */
export const text = (field: Buffer | null | undefined): string | undefined => field?.toString('utf8');
/** A whole number of a COPY row. */
export const int8 = (field: Buffer | null | undefined): number | undefined =>
  field ? Number(field.readBigInt64BE()) : undefined;
/** A moment of a COPY row, as ISO. */
export const instant = (field: Buffer | null | undefined): string | undefined =>
  field ? new Date(Number(field.readBigInt64BE()) / 1000 + Date.UTC(2000, 0, 1)).toISOString() : undefined;

/** Converts rows that came in one batch: the COPY rows by column name, and the lines of the CSV. */
export function convert(
  entity: Entity,
  rows: readonly (readonly Cell[])[],
  options: Partial<SheetConverterOptions> = {},
  at: readonly number[] = [],
): { converter: SheetConverter; rows: Record<string, Buffer | null>[]; csv: string[]; layout: string } {
  const converter = new SheetConverter(sheetOf(entity), {
    zone: factoryZone('Europe/Lisbon'),
    date1904: false,
    clockSeconds: Date.parse('2025-12-12T00:00:00Z') / 1000,
    ordinal: 0,
    aliases: NO_ALIASES,
    observe: () => ({
      row: () => undefined,
      number: () => undefined,
      text: () => undefined,
      date: () => undefined,
      boolean: () => undefined,
      error: () => undefined,
    }),
    ...options,
  });
  converter.push(batchOf(rows, at));
  const { layoutSha256 } = converter.finish();
  return {
    converter,
    rows: copyRows(entity, converter.copy.finish()),
    csv: converter.csv.take().toString('utf8').split('\n').slice(0, -1),
    layout: layoutSha256,
  };
}
