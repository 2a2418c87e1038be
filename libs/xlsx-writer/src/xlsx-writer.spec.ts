import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { CellType, serialToWallSeconds, Workbook } from '@libs/xlsx';
import { writeWorkbook, XlsxWriteError, XlsxWriter, type Row } from './index';
import { unzip } from './testing/unzip';

describe('XlsxWriter', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xlsx-writer-'));
    file = join(folder, 'book.xlsx');
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function readBack(): Promise<ExcelJS.Workbook> {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    return book;
  }

  const oneSheet = (rows: Row[], name = 'S'): { sheets: { name: string; rows: Row[] }[] } => ({
    sheets: [{ name, rows }],
  });

  it('writes numbers, texts, booleans, dates, errors and gaps that exceljs reads back as such', async () => {
    // 2025-12-11T12:50:00 is 20433 days and 46,200 seconds after 1970-01-01.
    const date = 20_433 * 86_400 + 46_200;
    await writeWorkbook(
      file,
      oneSheet([['Título'], [1, -0.1, 1e21, 5e-324], [], [null, true, false, { date }, { error: '#N/A' }, '']]),
    );
    const sheet = (await readBack()).getWorksheet('S')!;
    expect(sheet.getCell('A1').value).toBe('Título');
    expect([1, 2, 3, 4].map((column) => sheet.getRow(2).getCell(column).value)).toEqual([1, -0.1, 1e21, 5e-324]);
    expect(sheet.getRow(3).actualCellCount).toBe(0);
    expect(sheet.getCell('A4').value).toBeNull();
    expect(sheet.getCell('B4').value).toBe(true);
    expect(sheet.getCell('C4').value).toBe(false);
    expect(sheet.getCell('D4').value).toEqual(new Date(Date.UTC(2025, 11, 11, 12, 50)));
    expect(sheet.getCell('E4').value).toEqual({ error: '#N/A' });
    expect(sheet.getCell('F4').value).toBe('');
  });

  it('keeps the sheets in the order given, under names that XML would mangle', async () => {
    const names = ['FasesOrdemFabrico (2)', 'Q&A <"1">', 'Fases'];
    await writeWorkbook(file, { sheets: names.map((name, index) => ({ name, rows: [[index]] })) });
    const book = await readBack();
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual(names);
    expect(book.worksheets.map((sheet) => sheet.getCell('A1').value)).toEqual([0, 1, 2]);
  });

  it('writes 1904 dates: the same moment, a serial 1462 days lower', async () => {
    const date = 20_433 * 86_400;
    await writeWorkbook(file, oneSheet([[{ date }]]));
    expect((await readBack()).properties.date1904).toBe(false);
    await writeWorkbook(file, { ...oneSheet([[{ date }]]), date1904: true });
    const book = await readBack();
    expect(book.properties.date1904).toBe(true);
    expect(book.getWorksheet('S')!.getCell('A1').value).toEqual(new Date(date * 1000));
  });

  it('numbers the days around the leap day that never was as Excel does', async () => {
    // Excel: 1900-01-01 = 1, 1900-02-28 = 59, (1900-02-29 = 60), 1900-03-01 = 61; in the 1904 system 1,462 days less.
    const moments = ['1900-01-01T00:00', '1900-02-28T00:00', '1900-03-01T00:00', '2025-12-11T12:00'];
    const rows: Row[] = moments.map((iso) => [{ date: Date.parse(`${iso}Z`) / 1000 }]);
    const serials = async (date1904: boolean): Promise<number[]> => {
      await writeWorkbook(file, { ...oneSheet(rows), date1904 });
      const xml = unzip(await readFile(file)).get('xl/worksheets/sheet1.xml')!;
      return [...xml.matchAll(/<v>([^<]*)<\/v>/g)].map((found) => Number(found[1]));
    };
    expect(await serials(false)).toEqual([1, 59, 61, 46002.5]);
    expect((await serials(true))[3]).toBe(46002.5 - 1462);
  });

  it('gives the same bytes for the same calls', async () => {
    const hash = async (): Promise<string> => {
      await writeWorkbook(
        file,
        oneSheet([
          ['a', 1.5, { date: 1e9 }],
          ['b', null, true],
        ]),
      );
      return createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
    };
    expect(await hash()).toBe(await hash());
  });

  it('writes each text once when shared, every time when inline, and the table has its bounds', async () => {
    const rows: Row[] = [
      ['x', 'y'],
      ['x', 'z'],
    ];
    await writeWorkbook(file, oneSheet(rows));
    expect(unzip(await readFile(file)).get('xl/sharedStrings.xml')).toContain('count="4" uniqueCount="3"');
    await writeWorkbook(file, { ...oneSheet(rows), strings: 'inline' });
    expect(unzip(await readFile(file)).get('xl/sharedStrings.xml')).toContain('count="0" uniqueCount="0"');
    await writeWorkbook(file, { ...oneSheet(rows), maxSharedStrings: 2 });
    const parts = unzip(await readFile(file));
    expect(parts.get('xl/sharedStrings.xml')).toContain('count="3" uniqueCount="2"');
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain('<c r="B2" t="inlineStr"><is><t>z</t></is></c>');
    expect((await readBack()).getWorksheet('S')!.getCell('B2').value).toBe('z');
  });

  it('declares and relates an extra part, and exceljs still opens the workbook', async () => {
    const part = {
      name: 'docProps/marker.xml',
      contentType: 'application/xml',
      relationshipType: 'urn:example:marker',
      xml: '<m/>',
    };
    await writeWorkbook(file, { ...oneSheet([[1]]), parts: [part] });
    const parts = unzip(await readFile(file));
    expect(parts.get('docProps/marker.xml')).toBe('<m/>');
    expect(parts.get('[Content_Types].xml')).toContain('PartName="/docProps/marker.xml" ContentType="application/xml"');
    expect(parts.get('_rels/.rels')).toContain('Type="urn:example:marker" Target="docProps/marker.xml"');
    expect((await readBack()).getWorksheet('S')!.getCell('A1').value).toBe(1);
  });

  it('writes zip64 records that hold what the plain ones do', async () => {
    await writeWorkbook(file, oneSheet([['a', 2]]));
    const plain = unzip(await readFile(file));
    await writeWorkbook(file, { ...oneSheet([['a', 2]]), forceZip64: true });
    const archive = await readFile(file);
    expect(archive.readUInt16LE(archive.length - 22 + 10)).toBe(0xffff);
    expect(unzip(archive)).toEqual(plain);
    // Without being asked for the first header needs no more than version 2.0 of the format.
    await writeWorkbook(file, oneSheet([['a', 2]]));
    expect((await readFile(file)).readUInt16LE(4)).toBe(20);
  });

  it.each([
    ['a name of 32 characters', 'XLSX_WRITE_SHEET_NAME', oneSheet([[1]], 'x'.repeat(32))],
    ['a forbidden character', 'XLSX_WRITE_SHEET_NAME', oneSheet([[1]], 'a/b')],
    [
      'one name twice, case aside',
      'XLSX_WRITE_SHEET_NAME',
      {
        sheets: [
          { name: 'a', rows: [] },
          { name: 'A', rows: [] },
        ],
      },
    ],
    ['a number that is none', 'XLSX_WRITE_NUMBER', oneSheet([[Number.NaN]])],
    ['a text over 32,767 characters', 'XLSX_WRITE_STRING_LENGTH', oneSheet([['x'.repeat(32_768)]])],
    ['a row over 16,384 cells', 'XLSX_WRITE_TOO_MANY_COLUMNS', oneSheet([new Array<null>(16_385).fill(null)])],
    ['no sheet at all', 'XLSX_WRITE_ORDER', { sheets: [] }],
  ])('refuses %s with %s', async (_what, code, content) => {
    await expect(writeWorkbook(file, content)).rejects.toMatchObject({ name: 'XlsxWriteError', code });
  });

  it('refuses row 1,048,577', async () => {
    const out = new PassThrough().resume();
    const sheet = await new XlsxWriter(out, { level: 1 }).addSheet('S');
    for (let row = 0; row < 1_048_576; row++) await sheet.writeRow([]);
    expect(() => void sheet.writeRow([])).toThrow(XlsxWriteError);
    expect(sheet.rowCount).toBe(1_048_576);
  });

  it('stops with the error of the stream it writes to instead of waiting for ever', async () => {
    let taken = 0;
    const full = new Writable({
      write(chunk: Buffer, _encoding, done) {
        taken += chunk.length;
        done(taken > 100_000 ? new Error('ENOSPC') : null);
      },
    });
    const writer = new XlsxWriter(full, { level: 0 });
    const write = async (): Promise<void> => {
      const sheet = await writer.addSheet('S');
      for (let row = 0; row < 100_000; row++) await sheet.writeRow(['some text to fill the disk with', row]);
      await writer.finish();
    };
    await expect(write()).rejects.toThrow('ENOSPC');
  });

  it('waits for a slow stream: what is on its way stays under 4 MB however much is written', async () => {
    let taken = 0;
    const slow = new Writable({
      highWaterMark: 1 << 16,
      write(chunk: Buffer, _encoding, done) {
        taken += chunk.length;
        setTimeout(done, 1);
      },
    });
    const writer = new XlsxWriter(slow, { level: 0, strings: 'inline' });
    const sheet = await writer.addSheet('S');
    let ahead = 0;
    for (let row = 0; row < 20_000; row++) {
      await sheet.writeRow(['x'.repeat(500)]);
      // At level 0 bytes out are bytes in: each row is more than 500 of them.
      ahead = Math.max(ahead, row * 500 - taken);
    }
    await writer.finish();
    expect(taken).toBeGreaterThan(20_000 * 500);
    expect(ahead).toBeLessThan(4e6);
  });

  it('gives back any text, number and boolean as it was written', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '',
        ' ',
        ' a',
        'a ',
        'a\r\nb',
        '\t',
        '_x000D_',
        '_x005F_',
        '__x0041_',
        'a&b<c>"d"',
        ']]>',
        '<![CDATA[x]]>',
        '\ud800',
        '\udc00\ud800',
        '\uffff',
        'NULL',
        '007',
      ),
    );
    const cell = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));
    const rows = fc.array(fc.array(cell, { maxLength: 6 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('shared' as const, 'inline' as const), async (written, strings) => {
        await writeWorkbook(file, { ...oneSheet(written), strings });
        const parts = unzip(await readFile(file));
        const shared = [...parts.get('xl/sharedStrings.xml')!.matchAll(/<si>(.*?)<\/si>/gs)].map((found) => found[1]);
        const got: (string | number | boolean | null)[][] = written.map((row) => row.map(() => null));
        for (const found of parts
          .get('xl/worksheets/sheet1.xml')!
          .matchAll(/<c r="([A-Z]+)(\d+)"( t="(\w+)")?>(.*?)<\/c>/gs)) {
          const [, letters, row, , type, content] = found;
          const value = content.replace(/^<v>|<\/v>$/g, '');
          got[Number(row) - 1][letters.charCodeAt(0) - 65] =
            type === 's'
              ? plainText(shared[Number(value)])
              : type === 'inlineStr'
                ? plainText(content)
                : type === 'b'
                  ? value === '1'
                  : Number(value);
        }
        // A spreadsheet has one zero.
        expect(got).toEqual(written.map((row) => row.map((value) => (value === 0 ? 0 : value))));
      }),
      { numRuns: 300 },
    );
  });

  it('is read by the reader of this project as it was written: texts, numbers, dates to the second, errors', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
      fc.boolean(),
      fc.constant(null),
      fc.record({ date: fc.integer({ min: -2e9, max: 4e9 }) }),
      fc.constantFrom({ error: '#N/A' as const }, { error: '#DIV/0!' as const }),
    );
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.boolean(),
        fc.constantFrom('shared' as const, 'inline' as const),
        async (written, date1904, strings) => {
          await writeWorkbook(file, { ...oneSheet(written), date1904, strings });
          expect(await readCells(file)).toEqual(
            written
              .flatMap((cells, row) => cells.map((value, column) => [row + 1, column + 1, value]))
              .filter(([, , value]) => value !== null),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('can be read while it is being written to a pipe: nothing is sought back to', async () => {
    const out = new PassThrough();
    const chunks: Buffer[] = [];
    out.on('data', (chunk: Buffer) => chunks.push(chunk));
    const writer = new XlsxWriter(out);
    await (await writer.addSheet('S')).writeRow(['a']);
    await writer.finish();
    await writeWorkbook(file, oneSheet([['a']]));
    const viaFile: Buffer[] = [];
    for await (const chunk of createReadStream(file)) viaFile.push(chunk as Buffer);
    expect(Buffer.concat(chunks)).toEqual(Buffer.concat(viaFile));
  });
});

/** The cells of the first sheet as [row, column, value], through the reader's own door. */
async function readCells(path: string): Promise<[number, number, Row[number]][]> {
  const workbook = await Workbook.open(path);
  const cells: [number, number, Row[number]][] = [];
  for await (const batch of workbook.readRows(0)) {
    for (let row = 0; row < batch.rowCount; row++) {
      for (let k = batch.cellStart[row]; k < batch.cellStart[row + 1]; k++) {
        const number = batch.cellNumber[k];
        const text = batch.cellText[k] ?? '';
        let value: Row[number] = number;
        if (batch.cellType[k] === CellType.STRING) value = text;
        if (batch.cellType[k] === CellType.BOOLEAN) value = number === 1;
        if (batch.cellType[k] === CellType.DATE) value = { date: serialToWallSeconds(number, workbook.date1904) };
        if (batch.cellType[k] === CellType.ERROR) value = { error: text as '#N/A' };
        cells.push([batch.rowNumber[row], batch.cellColumn[k], value]);
      }
    }
  }
  await workbook.close();
  return cells;
}

/** Undoes, in the order an XML parser and then a spreadsheet would: entities and line ends, then `_xHHHH_`. */
function plainText(element: string): string {
  const text = /^(?:<is>)?<t(?: xml:space="preserve")?>(.*)<\/t>(?:<\/is>)?$/s.exec(element)?.[1];
  if (text === undefined || /[\u0000-\u0008\u000b-\u001f<>\ufffe\uffff]/.test(text))
    throw new Error(`not a text element: ${element}`);
  if (/^\s|\s$/.test(text) && !element.includes('preserve')) throw new Error(`white space may be dropped: ${element}`);
  return text
    .replace(
      /&(lt|gt|quot|amp);/g,
      (_, name: 'lt' | 'gt' | 'quot' | 'amp') => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name],
    )
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
