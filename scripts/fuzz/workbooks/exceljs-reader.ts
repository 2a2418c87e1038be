/** A process that reads workbooks with exceljs, one after the other, as its parent names them. */
import { readFile } from 'node:fs/promises';
import { readByExceljs } from '../../../test/support/exceljs-cells';
import { ownPeakBytes } from '../../bench/process-memory';
import type { Answer, ReadRequest } from './reading';

async function answer({ path }: ReadRequest): Promise<Answer> {
  try {
    const sheets = await readByExceljs(await readFile(path));
    return { kind: 'read', cells: sheets.reduce((sum, { cells }) => sum + cells.length, 0), sheets };
  } catch (error) {
    // exceljs has no refusals, only errors of whatever it met.
    return { kind: 'refused', code: String((error as Error)?.message ?? error).slice(0, 80) };
  }
}

let current = 0;
const reply = (id: number, answered: Answer): void => {
  process.send?.({ id, answer: answered, peakBytes: ownPeakBytes() });
};
process.on('message', (request: ReadRequest) => {
  current = request.id;
  void answer(request).then((answered) => reply(request.id, answered));
});
// Some damaged files make exceljs fail outside of what it was asked; that answers the question too.
process.on('uncaughtException', (error) => reply(current, { kind: 'refused', code: error.message.slice(0, 80) }));
process.send?.('ready');
