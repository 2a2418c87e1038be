import * as fc from 'fast-check';
import { CellType, MAX_COLUMN, type RowBatch } from './cell-types';
import { resolveLimits } from './limits';
import { readSharedStrings } from './shared-strings';
import { withFile, type ReadCell } from './testing/read-cells';
import { cut, scanSheet } from './testing/scan-sheet';
import { buildWorkbook, sheetXml, stringsXml } from './testing/workbook-builder';
import { Workbook } from './workbook';

const LIMITS = resolveLimits();
const XML = Buffer.from(
  `<?xml version="1.0" encoding="UTF-8"?>${sheetXml(
    '<row r="1" spans="1:3"><c r="A1" s="1"><v>44197.5</v></c><c r="B1" t="inlineStr"><is><t>çé 漢😀</t></is></c><c r="C1"/></row>' +
      '<!-- <c r="Z1"><v>9</v></c> --><row r="2"/><row r="3"><c r="A3" t="str"><f>A1&amp;"x"</f><v>a&lt;b_x000D_</v></c>' +
      '<c r="B3" t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>\n <row><c t="inlineStr"><is><r><t>r<![CDATA[i]]>ch</t></r><rPh><t>no</t></rPh></is></c></row>',
  )}`,
  'utf8',
);
const EXPECTED: ReadCell[] = [
  ['A1', 'd:2021-01-01T12:00:00'],
  ['B1', 'çé 漢😀'],
  ['A3', 'a<b\r'],
  ['B3', true],
  ['C3', 'e:#N/A'],
  ['A4', 'rich'],
];

describe('chunks', () => {
  it('gives the same cells wherever the bytes are cut in two', async () => {
    for (let at = 1; at < XML.length; at++) {
      expect([at, await scanSheet(cut(XML, [at]), LIMITS)]).toEqual([at, EXPECTED]);
    }
  });

  it('gives the same cells byte by byte, in UTF-8 and UTF-16, and in batches of any size', async () => {
    const everywhere = Array.from({ length: XML.length * 2 }, (_, i) => i);
    const utf16 = Buffer.from(`\ufeff${XML.toString('utf8').replace('UTF-8', 'UTF-16')}`, 'utf16le');
    for (const batchSize of [1, 2, 100]) {
      expect(await scanSheet(cut(XML, everywhere), LIMITS, batchSize)).toEqual(EXPECTED);
      expect(await scanSheet(cut(utf16, everywhere), LIMITS, batchSize)).toEqual(EXPECTED);
    }
  });

  it('reads shared strings alike wherever the bytes are cut', async () => {
    const texts = ['plain', 'é漢😀', 'a&amp;b', 'x_x000D_', '', ' b '];
    const items = `${texts.map((text) => `<si><t>${text}</t></si>`).join('')}<si><r><t>ri</t></r><r><t>ch</t></r></si>`;
    const xml = Buffer.from(stringsXml(items), 'utf8');
    const places = fc.array(fc.integer({ min: 1, max: xml.length - 1 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(places, async (at) => {
        const strings = await readSharedStrings({ name: 'strings', chunks: cut(xml, at) }, LIMITS);
        const all = Array.from({ length: strings.count }, (_, i) => strings.get(i));
        expect(all).toEqual(['plain', 'é漢😀', 'a&b', 'x\r', '', ' b ', 'rich']);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the fast path and the general scanner', () => {
  // Each of these rewrites changes nothing of what a sheet says, but keeps FastRows from reading some or all of it.
  const rewrites: [string, (xml: string) => string][] = [
    ['comments in cells', (xml) => xml.replace(/<v>/g, '<!-- --><v>')],
    ['single quotes', (xml) => xml.replaceAll('"', "'")],
    ['blanks in tags', (xml) => xml.replace(/<(c|row) /g, '<$1\n')],
    ['blanks around tags', (xml) => xml.replace(/<(c|row|v|is)/g, '\n<$1')],
    ['cells without r', (xml) => xml.replace(/<c r="\w+"/g, '<c')],
  ];
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => `<v>${number}</v></c>`),
    fc.integer({ min: -1e6, max: 1e6 }).map((number) => `<v>${number / 100}</v></c>`),
    fc.constantFrom('<v>44197.5347222222</v></c>', '<v/></c>', '<v>12345678901234567890</v></c>', '<v>0</v></c>'),
  );
  const cell = fc.tuple(fc.integer({ min: 0, max: 2 }), value);
  const rowsOf = fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 6 });

  it('read the same', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, fc.constantFrom(...rewrites), async (rows, [, rewrite]) => {
        const xml = sheetXml(
          rows
            .map((cells, r) => {
              const inRow = cells.map(([style, text], c) => `<c r="${'ABCDEF'[c]}${r + 1}" s="${style}">${text}`);
              return `<row r="${r + 1}">${inRow.join('')}</row>`;
            })
            .join(''),
        );
        const scan = (text: string): Promise<ReadCell[]> => scanSheet(cut(Buffer.from(text), []), LIMITS);
        expect(await scan(rewrite(xml))).toEqual(await scan(xml));
      }),
      { numRuns: 300 },
    );
  });
});

describe('batches', () => {
  const row = (r: number, cells: number): string =>
    `<row r="${r}">${Array.from({ length: cells }, (_, i) => `<c s="0"><v>${r * 1000 + i}</v></c>`).join('')}</row>`;
  const open = async <T>(xml: string, use: (workbook: Workbook) => Promise<T>): Promise<T> =>
    withFile(buildWorkbook({ sheets: [{ name: 'Sheet', xml }] }), async (path) => {
      const workbook = await Workbook.open(path);
      try {
        return await use(workbook);
      } finally {
        await workbook.close();
      }
    });

  it('hold whole rows, and end once they reach the size asked for', async () => {
    const sizes: number[] = [];
    const xml = sheetXml(Array.from({ length: 100 }, (_, i) => row(i + 1, 7)).join(''));
    await open(xml, async (workbook) => {
      for await (const batch of workbook.readRows(0, { batchCells: 20 })) {
        sizes.push(batch.cellStart[batch.rowCount]);
        expect(batch).toMatchObject({ sheet: 'Sheet', sheetIndex: 0 });
      }
    });
    // three rows of seven are the first to reach 20; the last batch holds row 100
    expect(sizes).toEqual([...Array.from({ length: 33 }, () => 21), 7]);
  });

  it('say how far the sheet is read, up to the size that the directory states', async () => {
    // a megabyte of comments, and eight chunks of it
    const comment = `<!--${'x'.repeat(1000)}-->`;
    const xml = sheetXml(Array.from({ length: 1000 }, (_, i) => row(i + 1, 3) + comment).join(''));
    const reached: number[] = [];
    const bytes = await open(xml, async (workbook) => {
      for await (const batch of workbook.readRows(0, { batchCells: 100 })) reached.push(batch.bytesRead);
      return workbook.sheets[0].uncompressedBytes;
    });
    expect(reached).toEqual([...reached].sort((a, b) => a - b));
    expect(reached[0]).toBeLessThan(bytes / 5);
    expect(reached.at(-1)).toBe(bytes);
  });

  it('hold the widest row, whatever the size asked for', async () => {
    const widths = await open(sheetXml(row(1, MAX_COLUMN) + row(2, MAX_COLUMN)), async (workbook) => {
      const found: number[] = [];
      for await (const batch of workbook.readRows(0, { batchCells: 1 })) found.push(batch.cellStart[batch.rowCount]);
      return found;
    });
    expect(widths).toEqual([MAX_COLUMN, MAX_COLUMN]);
  });

  it('end early where texts are long, so that memory stays flat', async () => {
    const long = 'x'.repeat(30_000);
    const xml = sheetXml(
      Array.from(
        { length: 400 },
        () => `<row><c t="inlineStr"><is><t xml:space="preserve">${long}</t></is></c></row>`,
      ).join(''),
    );
    await withFile(buildWorkbook({ sheets: [{ xml }] }), async (path) => {
      const workbook = await Workbook.open(path, { limits: { ratio: 1100 } });
      const rows: number[] = [];
      for await (const batch of workbook.readRows(0)) rows.push(batch.rowCount);
      await workbook.close();
      // 4 Mi characters are 139.8 texts of 30,000
      expect(rows).toEqual([140, 140, 120]);
    });
  });

  it('reuse their arrays, and say undefined where there is no text', async () => {
    const xml = sheetXml('<row><c t="str"><v>a</v></c></row><row><c><v>1</v></c></row>');
    await open(xml, async (workbook) => {
      const seen: RowBatch[] = [];
      for await (const batch of workbook.readRows(0, { batchCells: 1 })) seen.push(batch);
      expect(seen).toHaveLength(2);
      expect(seen[0].cellNumber).toBe(seen[1].cellNumber);
      expect(seen[1].cellText[0]).toBeUndefined();
      expect(seen[1].cellType[0]).toBe(CellType.NUMBER);
    });
  });

  it('can be left early, and sheets be read side by side and again', async () => {
    const sheets = [1, 2].map((factor) => ({
      name: `S${factor}`,
      xml: sheetXml(Array.from({ length: 2000 }, (_, i) => row(i + 1, factor)).join('')),
    }));
    await withFile(buildWorkbook({ sheets }), async (path) => {
      const workbook = await Workbook.open(path);
      const count = async (index: number): Promise<number> => {
        let cells = 0;
        for await (const batch of workbook.readRows(index, { batchCells: 500 }))
          cells += batch.cellStart[batch.rowCount];
        return cells;
      };
      for await (const batch of workbook.readRows(1, { batchCells: 500 })) {
        expect(batch.rowCount).toBeGreaterThan(0);
        break;
      }
      expect(await Promise.all([count(0), count(1), count(0)])).toEqual([2000, 4000, 2000]);
      await expect(workbook.readRows(2).next()).rejects.toThrow(RangeError);
      await expect(workbook.readRows(-1).next()).rejects.toThrow(RangeError);
      await workbook.close();
    });
  });

  it('inflate nothing beyond a small window while the consumer is busy', async () => {
    // 6 MB of numbers that do not compress to nothing; the first batch needs about half a megabyte of it
    const rows = Array.from({ length: 18_000 }, (_, i) => row(i + 1, 10)).join('');
    await open(sheetXml(rows), async (workbook) => {
      const before = process.memoryUsage().arrayBuffers;
      for await (const batch of workbook.readRows(0)) {
        expect(batch.bytesRead).toBeLessThan(1_500_000);
        await new Promise((resolve) => setTimeout(resolve, 300));
        // a reader without backpressure would hold all 6 MB by now
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(3 * 2 ** 20);
        break;
      }
    });
  });
});
