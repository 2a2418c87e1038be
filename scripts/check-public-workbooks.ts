/**
 * Reads every workbook that DIR/expected.jsonl names and compares the cells with what it says.
 * Run: node -r @swc-node/register scripts/check-public-workbooks.ts DIR
 *
 * A line is {file, sheets: [{name, state, cells, first: [[row, column, stored value]]}]} or {file, unreadable}, where an
 * independent plain reader failed: then a refusal is right, and so is reading it, which is printed.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CellType, cellAddress, serialToWallSeconds, Workbook, wallSecondsToIso, XlsxError } from '@libs/xlsx';

interface ExpectedSheet {
  name: string;
  state: string;
  cells: number;
  first: [number, number, string][];
}

interface ExpectedFile {
  file: string;
  sheets?: ExpectedSheet[];
  unreadable?: string;
}

interface ReadCell {
  row: number;
  column: number;
  type: number;
  number: number;
  text: string | undefined;
}

async function readCells(workbook: Workbook, sheetIndex: number): Promise<ReadCell[]> {
  const cells: ReadCell[] = [];
  for await (const batch of workbook.readRows(sheetIndex)) {
    for (let row = 0; row < batch.rowCount; row++) {
      for (let k = batch.cellStart[row]; k < batch.cellStart[row + 1]; k++) {
        cells.push({
          row: batch.rowNumber[row],
          column: batch.cellColumn[k],
          type: batch.cellType[k],
          number: batch.cellNumber[k],
          text: batch.cellText[k],
        });
      }
    }
  }
  return cells;
}

/** The stored value as the expectation has it: text as it is, numbers by value, an ISO date by the moment it names. */
function isStoredValue(cell: ReadCell, stored: string, date1904: boolean): boolean {
  if (cell.type === CellType.STRING || cell.type === CellType.ERROR) return cell.text === stored;
  if (cell.type === CellType.DATE && /[-:]/.test(stored)) {
    const iso = wallSecondsToIso(serialToWallSeconds(cell.number, date1904));
    return iso.startsWith(stored) || iso.endsWith(`T${stored}`);
  }
  return cell.number === Number(stored);
}

async function differences(path: string, expected: ExpectedSheet[]): Promise<string[]> {
  const found: string[] = [];
  const workbook = await Workbook.open(path);
  try {
    const names = workbook.sheets.map(({ name }) => name).join(', ');
    const expectedNames = expected.map(({ name }) => name).join(', ');
    if (names !== expectedNames) return [`sheets ${names}, expected ${expectedNames}`];
    for (const [index, sheet] of expected.entries()) {
      const state = /^(hidden|veryHidden)$/.test(sheet.state) ? sheet.state : 'visible';
      if (workbook.sheets[index].state !== state) found.push(`${sheet.name}: ${workbook.sheets[index].state}`);
      const cells = await readCells(workbook, index);
      if (cells.length !== sheet.cells) found.push(`${sheet.name}: ${cells.length} cells, expected ${sheet.cells}`);
      const byAddress = new Map(cells.map((cell) => [cellAddress(cell.row, cell.column), cell]));
      for (const [row, column, stored] of sheet.first) {
        const address = cellAddress(row, column);
        const cell = byAddress.get(address);
        if (cell === undefined) found.push(`${sheet.name} ${address}: nothing, expected ${JSON.stringify(stored)}`);
        else if (!isStoredValue(cell, stored, workbook.date1904)) {
          const value = JSON.stringify(cell.text ?? cell.number);
          found.push(`${sheet.name} ${address}: ${value}, expected ${JSON.stringify(stored)}`);
        }
      }
    }
  } finally {
    await workbook.close();
  }
  return found;
}

/** Every sheet to its end; returns the number of cells. */
async function countCells(path: string): Promise<number> {
  const workbook = await Workbook.open(path);
  try {
    let cells = 0;
    for (const { index } of workbook.sheets) cells += (await readCells(workbook, index)).length;
    return cells;
  } finally {
    await workbook.close();
  }
}

async function check(directory: string, { file, sheets, unreadable }: ExpectedFile): Promise<[boolean, string]> {
  const path = join(directory, file);
  try {
    if (sheets === undefined)
      return [true, `read (${await countCells(path)} cells) where another failed: ${unreadable}`];
    const found = await differences(path, sheets);
    return found.length === 0 ? [true, 'as expected'] : [false, found.slice(0, 5).join('; ')];
  } catch (error) {
    if (!(error instanceof XlsxError)) throw error;
    return [sheets === undefined, `refused: ${error.message}`];
  }
}

async function main(directory: string): Promise<number> {
  const lines = (await readFile(join(directory, 'expected.jsonl'), 'utf8')).trim().split('\n');
  let passed = 0;
  for (const line of lines) {
    const expected = JSON.parse(line) as ExpectedFile;
    const [isRight, what] = await check(directory, expected);
    if (isRight) passed++;
    console.log(`${isRight ? 'ok  ' : 'FAIL'} ${expected.file.padEnd(72)} ${what}`);
  }
  console.log(`${passed} passed, ${lines.length - passed} failed`);
  return passed === lines.length ? 0 : 1;
}

if (process.argv[2] === undefined) {
  console.error('usage: check-public-workbooks DIR');
  process.exitCode = 2;
} else {
  void main(process.argv[2]).then((code) => {
    process.exitCode = code;
  });
}
