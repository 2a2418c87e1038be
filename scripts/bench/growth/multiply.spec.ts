import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSample, writeSampleWorkbook } from '@libs/sample';
import { CellType, serialToWallSeconds, Workbook } from '@libs/xlsx';
import { multiplyWorkbook } from './multiply';
import { ID_STEP, olderBy, SHIFT_DAYS } from './older-orders';

const DAY = 86_400;

/** The rows of a sheet as they are read, dates as wall seconds. */
async function rowsIn(path: string, name: string): Promise<(string | number | undefined)[][]> {
  const workbook = await Workbook.open(path);
  const rows: (string | number | undefined)[][] = [];
  const { index } = workbook.sheets.find((sheet) => sheet.name === name)!;
  for await (const batch of workbook.readRows(index)) {
    for (let row = 0; row < batch.rowCount; row++) {
      const cells: (string | number | undefined)[] = [];
      for (let k = batch.cellStart[row]; k < batch.cellStart[row + 1]; k++) {
        const number = batch.cellNumber[k];
        const isDate = batch.cellType[k] === CellType.DATE;
        cells[batch.cellColumn[k] - 1] =
          batch.cellText[k] ?? (isDate ? serialToWallSeconds(number, workbook.date1904) : number);
      }
      rows.push(cells);
    }
  }
  await workbook.close();
  return rows;
}

async function sheetNames(path: string): Promise<string[]> {
  const workbook = await Workbook.open(path);
  await workbook.close();
  return workbook.sheets.map(({ name }) => name);
}

describe('a workbook of more and older orders', () => {
  let dir: string;
  let original: string;
  let threefold: string;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'growth-spec-'));
    original = join(dir, 'original.xlsx');
    threefold = join(dir, 'threefold.xlsx');
    await writeSampleWorkbook(original, { scale: 0.002, seed: 3 });
    await multiplyWorkbook({ from: original, to: threefold, copies: 3 });
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('holds each order three times: half a year and a year earlier, under ids of its own that rise with time', async () => {
    const [header, ...orders] = await rowsIn(original, 'OrdensFabrico');
    const [sameHeader, ...copies] = await rowsIn(threefold, 'OrdensFabrico');
    expect(sameHeader).toEqual(header);
    expect(copies).toHaveLength(3 * orders.length);
    const [id, created] = orders[0] as number[];
    const ofFirst = [0, orders.length, 2 * orders.length].map((place) => copies[place].slice(0, 2));
    expect(ofFirst).toEqual([
      [id, created - 2 * SHIFT_DAYS * DAY],
      [id + ID_STEP, created - SHIFT_DAYS * DAY],
      [id + 2 * ID_STEP, created],
    ]);
  });

  it('lets assignments and errors name the phases and orders of their own copy', async () => {
    const idsIn = async (sheet: string, column: number): Promise<number[]> =>
      (await rowsIn(threefold, sheet)).slice(1).map((row) => Number(row[column]));
    const orders = new Set(await idsIn('OrdensFabrico', 0));
    const ordersOfPhases = await idsIn('FasesOrdemFabrico', 1);
    expect(ordersOfPhases.every((id) => orders.has(id))).toBe(true);
    const shareOf = async (file: string): Promise<number> => {
      const phases = new Set((await rowsIn(file, 'FasesOrdemFabrico')).slice(1).map(([phase]) => phase));
      const named = (await rowsIn(file, 'FuncionariosFaseOrdemFabrico')).slice(1).map(([phase]) => phase);
      return named.filter((phase) => phases.has(phase)).length / named.length;
    };
    expect(await shareOf(threefold)).toBe(await shareOf(original));
    const blamed = (await rowsIn(threefold, 'OrdemFabricoErros')).slice(1).map((row) => row[5]);
    const ofThree = Array.from({ length: 3 }, (_, copy) => blamed[(copy * blamed.length) / 3] as number);
    expect(ofThree.map((phase) => phase - ofThree[0])).toEqual([0, ID_STEP, 2 * ID_STEP]);
  });

  it('keeps the catalogues once, and what says that it was made up', async () => {
    for (const sheet of ['Fases', 'Modelos', 'Funcionarios', 'FuncionariosFasesAptos', 'FasesStandardModelos']) {
      expect(await rowsIn(threefold, sheet)).toEqual(await rowsIn(original, sheet));
    }
    const workbook = await Workbook.open(threefold);
    expect(await isSample(workbook)).toBe(true);
    await workbook.close();
  });

  it('goes on in further sheets, each with the header, where one is full', async () => {
    const to = join(dir, 'continued.xlsx');
    await multiplyWorkbook({ from: original, to, copies: 2, rowsPerSheet: 1000 });
    const [header, ...phases] = await rowsIn(original, 'FasesOrdemFabrico');
    const wanted = Math.ceil((2 * phases.length) / 999);
    const names = (await sheetNames(to)).filter((name) => name.startsWith('FasesOrdemFabrico'));
    expect(names).toEqual(
      Array.from({ length: wanted }, (_, i) => (i === 0 ? 'FasesOrdemFabrico' : `FasesOrdemFabrico (${i + 1})`)),
    );
    const parts = await Promise.all(names.map((name) => rowsIn(to, name)));
    expect(parts.every(([first]) => first.join() === header.join())).toBe(true);
    expect(parts.slice(0, -1).every(({ length }) => length === 1000)).toBe(true);
    expect(parts.reduce((sum, { length }) => sum + length - 1, 0)).toBe(2 * phases.length);
  });

  it('changes every hundredth phase over all copies, and tells how many', async () => {
    const to = join(dir, 'changed.xlsx');
    const change = { sheet: 'FasesOrdemFabrico', header: 'FaseOf_Peso', every: 100 };
    const { changed } = await multiplyWorkbook({ from: original, to, copies: 3, change });
    const before = await rowsIn(threefold, 'FasesOrdemFabrico');
    const after = await rowsIn(to, 'FasesOrdemFabrico');
    const differing = after.flatMap((row, place) => (row.join() === before[place].join() ? [] : [place]));
    expect(differing).toHaveLength(changed);
    expect(differing.every((place) => place % 100 === 0)).toBe(true);
    expect(changed).toBeGreaterThan(before.length / 200);
  });

  it('leaves dates that mean none as they are, and refuses ids that a copy would share', () => {
    const header = ['Id', 'Inicio'];
    const makeOlder = olderBy(1, 2, header, { ids: ['Id'], dates: ['Inicio'] });
    const sentinel = { date: Date.UTC(1900, 0, 1) / 1000 };
    const cells = [7, sentinel];
    makeOlder(cells);
    expect(cells).toEqual([7, sentinel]);
    expect(() => makeOlder([ID_STEP, null])).toThrow(RangeError);
    expect(() => olderBy(1, 2, header, { ids: ['Of_Id'], dates: [] })).toThrow('No column is called Of_Id.');
  });
});
