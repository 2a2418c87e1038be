import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE_MARKER, writeSampleWorkbook } from '@libs/sample';
import { CellType, serialToWallSeconds, Workbook } from '@libs/xlsx';
import { writeWorkbook } from '@libs/xlsx-writer';
import { rewriteWorkbook } from './rewrite';
import { rezip } from './rezip';

/** Every cell as a line of its address, type and value; dates to the second, which is what a load reads of them. */
async function cellLines(path: string): Promise<string[]> {
  const workbook = await Workbook.open(path);
  const lines: string[] = [];
  for (const { index, name } of workbook.sheets) {
    for await (const batch of workbook.readRows(index)) {
      for (let row = 0; row < batch.rowCount; row++) {
        for (let k = batch.cellStart[row]; k < batch.cellStart[row + 1]; k++) {
          const number = batch.cellNumber[k];
          const isDate = batch.cellType[k] === CellType.DATE;
          const value = batch.cellText[k] ?? (isDate ? serialToWallSeconds(number, workbook.date1904) : number);
          lines.push(`${name}!${batch.rowNumber[row]},${batch.cellColumn[k]} ${batch.cellType[k]} ${value}`);
        }
      }
    }
  }
  await workbook.close();
  return lines;
}

async function partSums(path: string): Promise<string[]> {
  const workbook = await Workbook.open(path);
  await workbook.close();
  return workbook.parts.map((part) => `${part.name} ${part.crc32} ${part.bytes}`);
}

describe('other files of the same workbook', () => {
  let dir: string;
  let original: string;
  const at = (name: string): string => join(dir, name);

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'bench-spec-'));
    original = at('original.xlsx');
    await writeSampleWorkbook(original, { scale: 0.002, seed: 3 });
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('packed again it is another file with the same parts, byte for byte', async () => {
    await rezip(original, at('level1.xlsx'), 1);
    expect(statSync(at('level1.xlsx')).size).toBeGreaterThan(statSync(original).size);
    expect(await partSums(at('level1.xlsx'))).toEqual(await partSums(original));
    expect(await cellLines(at('level1.xlsx'))).toEqual(await cellLines(original));
  });

  it('stored entries and an entry without content can be packed again', async () => {
    await writeWorkbook(at('stored.xlsx'), { level: 0, sheets: [{ name: 'A', rows: [[1, 'x']] }] });
    await rezip(at('stored.xlsx'), at('packed.xlsx'), 9);
    expect(await cellLines(at('packed.xlsx'))).toEqual(['A!1,1 1 1', 'A!1,2 2 x']);
  });

  it('refuses what is no archive', async () => {
    await expect(rezip(__filename, at('none.xlsx'), 1)).rejects.toThrow('not a zip archive');
  });

  it('written by another writer it has other parts and the same cells at the same addresses', async () => {
    await expect(rewriteWorkbook(original, at('rewritten.xlsx'))).resolves.toBe(0);
    expect(readFileSync(at('rewritten.xlsx')).equals(readFileSync(original))).toBe(false);
    expect(await cellLines(at('rewritten.xlsx'))).toEqual(await cellLines(original));
    expect((await partSums(at('rewritten.xlsx'))).some((part) => part.startsWith(SAMPLE_MARKER))).toBe(true);
  });

  it('keeps gaps, errors, booleans and the 1904 dates', async () => {
    const rows = [[], [null, true, { error: '#N/A' as const }], [], [{ date: 1_700_000_000 }, 0]];
    await writeWorkbook(at('gaps.xlsx'), { date1904: true, sheets: [{ name: 'A', rows }] });
    await rewriteWorkbook(at('gaps.xlsx'), at('gaps2.xlsx'));
    expect(await cellLines(at('gaps2.xlsx'))).toEqual(await cellLines(at('gaps.xlsx')));
    expect(await cellLines(at('gaps2.xlsx'))).toContain('A!4,1 4 1700000000');
  });

  it('changes every n-th row of the named column and nothing else', async () => {
    const rows = [
      ['Id', 'Peso'],
      [1, 5],
      [2, 5],
      [3, 5],
      [4, null],
      [5, 5],
      [6, 0],
    ];
    const sheets = [
      { name: 'Fases', rows },
      { name: 'Fases (2)', rows },
      { name: 'FasesX', rows },
    ];
    await writeWorkbook(at('change.xlsx'), { sheets });
    // Of the data rows 2, 4 and 6 the fourth has no number: two changes in each of two sheets.
    const change = { sheet: 'Fases', header: 'Peso', every: 2 };
    await expect(rewriteWorkbook(at('change.xlsx'), at('changed.xlsx'), change)).resolves.toBe(4);
    const before = await cellLines(at('change.xlsx'));
    const after = await cellLines(at('changed.xlsx'));
    expect(after.filter((line) => !before.includes(line))).toEqual([
      'Fases!3,2 1 6',
      'Fases!7,2 1 1',
      'Fases (2)!3,2 1 6',
      'Fases (2)!7,2 1 1',
    ]);
    expect(after).toHaveLength(before.length);
    await expect(
      rewriteWorkbook(at('change.xlsx'), at('changed.xlsx'), { ...change, header: 'Weight' }),
    ).rejects.toThrow('no Fases.Weight to change');
  });
});
