/** A process that reads workbooks with this product's reader, one after the other, as its parent names them. */
import { writeFileSync } from 'node:fs';
import { factoryZone } from '@libs/factory-time';
import { MappingError, matchSheets, NO_ALIASES, SheetConverter, sheetOf } from '@libs/workbook';
import { Workbook, XlsxError } from '@libs/xlsx';
import { batchCells, type ReadSheet } from '../../../libs/xlsx/src/testing/read-cells';
import { ownPeakBytes } from '../../bench/process-memory';
import { KEPT_CELLS, type Answer, type ReadRequest } from './reading';

/** Linux then counts the highest memory anew; elsewhere the peak is that of all readings so far. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // No Linux, or not allowed to.
  }
}

async function readAll(workbook: Workbook): Promise<{ cells: number; sheets: ReadSheet[] }> {
  const sheets: ReadSheet[] = [];
  let cells = 0;
  let kept = 0;
  for (const { index, name, state } of workbook.sheets) {
    const sheet: ReadSheet = { name, state, cells: [] };
    sheets.push(sheet);
    for await (const batch of workbook.readRows(index)) {
      cells += batch.cellStart[batch.rowCount];
      if (kept >= KEPT_CELLS) continue;
      const more = batchCells(batch, workbook.date1904);
      kept += more.length;
      for (const cell of more) sheet.cells.push(cell);
    }
  }
  return { cells, sheets };
}

const IGNORED = (): void => undefined;
const OBSERVER = { row: IGNORED, number: IGNORED, text: IGNORED, date: IGNORED, boolean: IGNORED, error: IGNORED };

/** The rows of the nine sheets as a load converts them; how many cannot be kept. */
async function convertAll(workbook: Workbook): Promise<number> {
  const { sheets } = matchSheets(workbook.sheets.map(({ name }) => name));
  let quarantined = 0;
  for (const { entity, parts } of sheets) {
    for (const [ordinal, index] of parts.entries()) {
      const converter = new SheetConverter(sheetOf(entity), {
        zone: factoryZone('Europe/Lisbon'),
        date1904: workbook.date1904,
        clockSeconds: Date.UTC(2026, 0, 1) / 1000,
        ordinal,
        aliases: NO_ALIASES,
        observe: () => OBSERVER,
      });
      for await (const batch of workbook.readRows(index)) converter.push(batch);
      converter.finish();
      quarantined += converter.rejected;
    }
  }
  return quarantined;
}

async function answer({ path, asFactory, limits }: ReadRequest): Promise<Answer> {
  try {
    const workbook = await Workbook.open(path, { limits });
    try {
      const read = await readAll(workbook);
      return { kind: 'read', ...read, ...(asFactory ? { quarantined: await convertAll(workbook) } : {}) };
    } finally {
      await workbook.close();
    }
  } catch (error) {
    if (error instanceof XlsxError || error instanceof MappingError) return { kind: 'refused', code: error.code };
    return { kind: 'failed', error: String((error as Error).stack ?? error) };
  }
}

process.on('message', (request: ReadRequest) => {
  const { id } = request;
  forgetPeak();
  void answer(request).then((answered) => process.send?.({ id, answer: answered, peakBytes: ownPeakBytes() }));
});
process.send?.('ready');
