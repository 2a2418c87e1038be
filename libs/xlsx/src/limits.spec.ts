import { deflateRawSync, crc32 } from 'node:zlib';
import { CellBudget, DEFAULT_LIMITS, resolveLimits } from './limits';
import { readBytes, readPath, refusalOf, withFile } from './testing/read-cells';
import { buildWorkbook, sheetXml, workbookParts } from './testing/workbook-builder';
import { buildZip } from './testing/zip-builder';
import { Workbook } from './workbook';

const row = (r: number, cells: number): string => `<row r="${r}">${'<c><v>1</v></c>'.repeat(cells)}</row>`;
const sheetOf = (rows: string): Buffer => buildWorkbook({ sheets: [{ xml: sheetXml(rows) }] });
const SHEET = 'xl/worksheets/sheet1.xml';

/** By how many bytes the process grew at most while it ran. */
async function memoryOf(run: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let highest = before;
  const timer = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss);
  }, 5);
  try {
    await run();
  } finally {
    clearInterval(timer);
  }
  return Math.max(highest, process.memoryUsage().rss) - before;
}

describe('caps', () => {
  it('reads what reaches the cap on cells exactly, and refuses one more, over all sheets', async () => {
    const sheets = [{ xml: sheetXml(row(1, 4) + row(2, 3)) }, { name: 'Second', xml: sheetXml(row(1, 3)) }];
    const bytes = buildWorkbook({ sheets });
    expect((await readBytes(bytes, { cells: 10 })).map(({ cells }) => cells.length)).toEqual([7, 3]);
    expect(await refusalOf(bytes, { cells: 9 })).toMatchObject({ code: 'XLSX_LIMIT_CELLS', place: 'sheet Second' });
  });

  it('counts a sheet that is read twice once', async () => {
    await withFile(sheetOf(row(1, 10)), async (path) => {
      const workbook = await Workbook.open(path, { limits: { cells: 10 } });
      for (let time = 0; time < 3; time++)
        for await (const batch of workbook.readRows(0)) expect(batch.rowCount).toBe(1);
      await workbook.close();
    });
  });

  it('counts readers of one budget together', () => {
    const budget = CellBudget.forSheets(2, 10);
    const sameMemory = new CellBudget(budget.memory, 10);
    budget.add(0, 6, 'A');
    sameMemory.add(1, 4, 'B');
    expect(() => budget.add(0, 1, 'A')).toThrow('XLSX_LIMIT_CELLS');
    sameMemory.restart(0);
    expect(() => budget.add(0, 6, 'A')).not.toThrow();
  });

  it('refuses a file larger than the cap before it reads it', async () => {
    const bytes = sheetOf(row(1, 1));
    expect((await refusalOf(bytes, { fileBytes: bytes.length - 1 })).code).toBe('XLSX_LIMIT_FILE_BYTES');
    expect(await readBytes(bytes, { fileBytes: bytes.length })).toHaveLength(1);
  });

  it('refuses more parts than the cap, as stated and as counted', async () => {
    const parts = workbookParts({ sheets: [{ xml: sheetXml('') }] });
    expect((await refusalOf(buildZip(parts), { entries: parts.length - 1 })).code).toBe('XLSX_LIMIT_ENTRIES');
    expect(await readBytes(buildZip(parts), { entries: parts.length })).toHaveLength(1);
    expect((await refusalOf(buildZip(parts, { entries: 65_000 }))).code).toBe('XLSX_LIMIT_ENTRIES');
  });

  it('refuses more uncompressed bytes than the cap, before it inflates any', async () => {
    const parts = workbookParts({ sheets: [{ xml: sheetXml(row(1, 5)) }] });
    const total = parts.reduce((sum, { data }) => sum + data.length, 0);
    expect((await refusalOf(buildZip(parts), { uncompressedBytes: total - 1 })).code).toBe('XLSX_LIMIT_BYTES');
    expect(await readBytes(buildZip(parts), { uncompressedBytes: total })).toHaveLength(1);
  });

  it('refuses texts longer than the cap in every kind of cell, and reads those that reach it', async () => {
    const limits = { stringLength: 5 };
    const cells = (text: string): [string, string?][] => [
      [`<c t="inlineStr"><is><t>${text}</t></is></c>`],
      [`<c t="inlineStr"><is><r><t>${text}</t></r></is></c>`],
      [`<c t="inlineStr"><is><t><![CDATA[${text}]]></t></is></c>`],
      [`<c t="str"><v>${text}</v></c>`],
      [`<c t="s"><v>0</v></c>`, `<si><t>${text}</t></si>`],
      [`<c t="s"><v>0</v></c>`, `<si><r><t>${text.slice(0, 2)}</t></r><r><t>${text.slice(2)}</t></r></si>`],
    ];
    const build = ([cell, strings]: [string, string?]): Buffer =>
      buildWorkbook({ sheets: [{ xml: sheetXml(`<row r="1">${cell}</row>`) }], strings });
    for (const cell of cells('12345'))
      expect((await readBytes(build(cell), limits))[0].cells).toEqual([['A1', '12345']]);
    for (const cell of cells('123456')) expect((await refusalOf(build(cell), limits)).code).toBe('XLSX_LIMIT_STRING');
    // é is two bytes but one character; an escape is seven characters but one
    for (const text of ['ééééé', '_x0041_'.repeat(5), '&#65;'.repeat(5)]) {
      for (const cell of cells(text)
        .filter(([xml]) => !/CDATA/.test(xml))
        .slice(0, 5)) {
        if (cell[1]?.includes('<r>')) continue;
        expect((await readBytes(build(cell), limits))[0].cells[0][1]).toHaveLength(5);
      }
    }
  });

  it('holds Excel’s longest text by default, and no longer one', async () => {
    const cell = (length: number): string =>
      `<row r="1"><c t="inlineStr"><is><t>${'é'.repeat(length)}</t></is></c></row>`;
    expect((await readBytes(sheetOf(cell(32_767))))[0].cells[0][1]).toHaveLength(32_767);
    expect((await refusalOf(sheetOf(cell(32_768)))).code).toBe('XLSX_LIMIT_STRING');
  });

  it('refuses a text that never ends before it is in memory', async () => {
    const xml = sheetXml(`<row r="1"><c t="str"><v>${'ab'.repeat(2_000_000)}</v></c></row>`);
    const bytes = buildWorkbook({ sheets: [{ xml }] });
    expect((await refusalOf(bytes, { ratio: 1e6 })).code).toBe('XLSX_LIMIT_STRING');
  });

  it('refuses a row whose texts together are too long', async () => {
    const xml = sheetXml(`<row r="1">${'<c t="s"><v>0</v></c>'.repeat(11)}</row>`);
    const bytes = buildWorkbook({ sheets: [{ xml }], strings: `<si><t>${'x'.repeat(10)}</t></si>` });
    expect(await refusalOf(bytes, { rowTextLength: 105 })).toMatchObject({
      code: 'XLSX_LIMIT_STRING',
      place: 'sheet Sheet1, cell K1',
    });
    expect((await readBytes(bytes, { rowTextLength: 110 }))[0].cells).toHaveLength(11);
  });

  it('refuses a shared string table that is too large for memory', async () => {
    const bytes = buildWorkbook({ sheets: [{ xml: sheetXml('') }], strings: '<si><t>0123456789</t></si>'.repeat(100) });
    expect((await refusalOf(bytes, { sharedStringBytes: 1000 })).code).toBe('XLSX_LIMIT_SHARED_STRINGS');
    // 100 strings of 10 bytes, and 4 bytes for the place of each, with room for the next two
    expect(await readBytes(bytes, { sharedStringBytes: 1000 + 101 * 4 })).toHaveLength(1);
  });

  it('refuses a row of more cells than Excel has columns', async () => {
    const cells = '<c r="A1"><v>1</v></c>'.repeat(40_000);
    expect((await refusalOf(sheetOf(`<row r="1">${cells}</row>`))).code).toBe('XLSX_BAD_REFERENCE');
  });

  it('takes only caps that are positive numbers', () => {
    expect(resolveLimits({ cells: 5 })).toEqual({ ...DEFAULT_LIMITS, cells: 5 });
    expect(() => resolveLimits({ cells: 0 })).toThrow(RangeError);
    expect(() => resolveLimits({ ratio: NaN })).toThrow(RangeError);
  });
});

describe('bombs', () => {
  const bomb = (megabytes: number, prefix: string, filler: string, bytes?: number): Buffer => {
    const data = Buffer.alloc(megabytes * 2 ** 20, filler);
    data.write(prefix, 0, 'latin1');
    const parts = workbookParts({ sheets: [{ xml: '' }] }).filter(({ name }) => name !== SHEET);
    return buildZip([...parts, { name: SHEET, data, compressed: deflateRawSync(data), crc32: crc32(data), bytes }]);
  };

  it('refuses a zip bomb at the cap on the ratio with memory flat', async () => {
    // 100 MB of equal rows of 12 bytes deflate to 0.3 MB; the prefix is two rows long
    await withFile(bomb(100, '<worksheet><sheetData>  ', '<row r="1"/>'), async (path) => {
      const grown = await memoryOf(async () => {
        await expect(readPath(path)).rejects.toMatchObject({ code: 'XLSX_LIMIT_RATIO', place: `part ${SHEET}` });
      });
      expect(grown).toBeLessThan(40 * 2 ** 20);
    });
  });

  it('refuses a bomb that states a small size as soon as it is larger', async () => {
    await withFile(bomb(100, '<worksheet>', ' ', 1000), async (path) => {
      const grown = await memoryOf(async () => {
        await expect(readPath(path)).rejects.toMatchObject({ code: 'XLSX_CORRUPT_ZIP' });
      });
      expect(grown).toBeLessThan(40 * 2 ** 20);
    });
  });

  it('reads phantom rows for as long as they come with memory flat, and says how far it is', async () => {
    const xml = sheetXml('<row r="1" s="1" customFormat="1"/>'.repeat(1_500_000));
    const bytes = buildWorkbook({ sheets: [{ xml }] });
    await withFile(bytes, async (path) => {
      const workbook = await Workbook.open(path, { limits: { ratio: 1100 } });
      const progress: number[] = [];
      const grown = await memoryOf(async () => {
        for await (const batch of workbook.readRows(0)) {
          expect(batch.rowCount).toBe(0);
          progress.push(batch.bytesRead);
        }
      });
      await workbook.close();
      // 52.5 MB: a sign of life after each 16 MiB
      expect(progress).toHaveLength(3);
      expect(grown).toBeLessThan(60 * 2 ** 20);
    });
  });

  it.each([
    ['elements inside each other', `<worksheet>${'<a>'.repeat(200_000)}`],
    ['attributes', `<worksheet ${Array.from({ length: 5000 }, (_, i) => `a${i}="1"`).join(' ')}/>`],
    [
      'namespaces',
      `<worksheet>${Array.from({ length: 100 }, (_, i) => `<a ${Array.from({ length: 50 }, (_, j) => `xmlns:n${i}-${j}="u"`).join(' ')}>`).join('')}`,
    ],
    ['one tag', `<worksheet a="${'x'.repeat(3_000_000)}"/>`],
    ['one comment', `<worksheet><!--${'x'.repeat(3_000_000)}--></worksheet>`],
    ['one instruction', `<worksheet><?a ${'x'.repeat(3_000_000)}?></worksheet>`],
  ])('refuses XML of too many or too long %s', async (_, xml) => {
    expect((await refusalOf(buildWorkbook({ sheets: [{ xml }] }), { ratio: 1e6 })).code).toBe('XLSX_LIMIT_XML');
  });
});
