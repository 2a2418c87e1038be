import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Workbook } from '@libs/xlsx';
import ExcelJS from 'exceljs';
import { whenClosed, writeWorkbook, XlsxWriter, type Row } from './index';
import { unzip } from './testing/unzip';

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

describe('writeWorkbook', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'write-workbook-'));
    file = join(folder, 'book.xlsx');
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function texts(): Promise<string[]> {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    const found: string[] = [];
    book.worksheets[0].eachRow((row) => row.eachCell((cell) => found.push(cell.value as string)));
    return found;
  }

  it('is done with its file when it refuses: it does not open it later', async () => {
    await expect(writeWorkbook(file, { sheets: [] })).rejects.toMatchObject({ code: 'XLSX_WRITE_ORDER' });
    // At once, before anything that was asked of the file system can happen.
    rmSync(file, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(existsSync(file)).toBe(false);
  });

  it('rejects with what the rows throw, and with what the file system does', async () => {
    const rows = function* (): Generator<Row> {
      yield [1];
      throw new Error('the query failed');
    };
    await expect(writeWorkbook(file, { sheets: [{ name: 'S', rows: rows() }] })).rejects.toThrow('the query failed');
    const lost = join(folder, 'no such folder', 'book.xlsx');
    await expect(writeWorkbook(lost, { sheets: [{ name: 'S', rows: [[1]] }] })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('takes rows as they come from a source that is waited for', async () => {
    const rows = async function* (): AsyncGenerator<Row> {
      for (const text of ['a', 'b', 'c']) {
        await new Promise(setImmediate);
        yield [text];
      }
    };
    await writeWorkbook(file, { sheets: [{ name: 'S', rows: rows() }] });
    expect(await texts()).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['a table of shared texts beyond any one piece of it', 'shared' as const],
    ['rows beyond any one piece of a sheet', 'inline' as const],
  ])('writes %s', async (_what, strings) => {
    // 300 texts of 1,000 characters; pieces have some 65,536.
    const written = Array.from({ length: 300 }, (_, i) => `${i} `.padEnd(1000, 'ç'));
    await writeWorkbook(file, { sheets: [{ name: 'S', rows: written.map((text) => [text]) }], strings });
    expect(await texts()).toEqual(written);
    // Between the texts nothing stands but what belongs there.
    const parts = unzip(await readFile(file));
    const xml = parts.get(strings === 'shared' ? 'xl/sharedStrings.xml' : 'xl/worksheets/sheet1.xml')!;
    const rest = xml.replace(
      /<si><t>[^<]*<\/t><\/si>|<row r="\d+"><c r="A\d+" t="inlineStr"><is><t>[^<]*<\/t><\/is><\/c><\/row>/g,
      '',
    );
    expect(rest.replace(/<[^>]*>/g, '').trim()).toBe('');
  });

  it('shares texts up to the number of characters given, and writes dates in the format given', async () => {
    const date = 86_400;
    const content = { sheets: [{ name: 'S', rows: [['abc', 'def', { date }]] as Row[] }] };
    await writeWorkbook(file, { ...content, maxSharedChars: 5, dateFormat: 'dd/mm' });
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    expect(book.worksheets[0].getCell('C1').numFmt).toBe('dd/mm');
    expect(book.worksheets[0].getCell('B1').value).toBe('def');
    const workbook = await Workbook.open(file);
    expect(workbook.parts.find(({ name }) => name === 'xl/sharedStrings.xml')!.bytes).toBe(
      // One text of two: the same table with nothing but abc.
      await sharedBytes([['abc']]),
    );
    await workbook.close();
  });

  async function sharedBytes(rows: Row[]): Promise<number> {
    const other = join(folder, 'other.xlsx');
    await writeWorkbook(other, { sheets: [{ name: 'S', rows }] });
    const workbook = await Workbook.open(other);
    await workbook.close();
    return workbook.parts.find(({ name }) => name === 'xl/sharedStrings.xml')!.bytes;
  }

  it('packs by default, and not at level 0', async () => {
    const size = async (level?: number): Promise<number> => {
      const rows: Row[] = Array.from({ length: 1000 }, () => ['x'.repeat(100)]);
      await writeWorkbook(file, { sheets: [{ name: 'S', rows }], strings: 'inline', level });
      const workbook = await Workbook.open(file);
      await workbook.close();
      return workbook.parts.reduce((sum, part) => sum + part.compressedBytes, 0);
    };
    // At level 0 the 100,000 characters are there as they are; packed they nearly vanish.
    expect(await size(0)).toBeGreaterThan(100_000);
    expect(await size()).toBeLessThan(10_000);
    expect(await size(6)).toBe(await size());
    expect(await size(1)).not.toBe(await size(6));
  });
});

describe('XlsxWriter', () => {
  it.each([
    ...['', 'x'.repeat(32), 'a[', 'a]', 'a:', 'a*', 'a?', 'a/', 'a\\', 'a\u0000', 'a\u001f', "'a", "a'"],
    ...['a\tb', 'a\nb'],
  ])('refuses the name of a sheet %j', async (name) => {
    const writer = new XlsxWriter(nowhere());
    await expect(writer.addSheet(name)).rejects.toMatchObject({ code: 'XLSX_WRITE_SHEET_NAME', place: name });
  });

  it.each(['a', 'x'.repeat(31), "a'b", 'História (2)', '<&">', '{a}'])('takes the name of a sheet %j', async (name) => {
    expect(await new XlsxWriter(nowhere()).addSheet(name)).toMatchObject({ name, rowCount: 0 });
  });

  it('refuses a second sheet of a name whatever its case, and says which', async () => {
    const writer = new XlsxWriter(nowhere());
    for (const name of ['Fases', 'Ção']) await writer.addSheet(name);
    await expect(writer.addSheet('çÃO')).rejects.toMatchObject({ code: 'XLSX_WRITE_SHEET_NAME', place: 'çÃO' });
    await writer.addSheet('Fases (2)');
  });

  it.each(['', '/a.xml', 'a/', 'a//b.xml', 'a b.xml', 'a\\b.xml', 'é.xml', 'a.xml?'])(
    'refuses a part of the name %j',
    (name) => {
      const part = { name, contentType: 'application/xml', relationshipType: 'urn:x', xml: '<m/>' };
      expect(() => new XlsxWriter(nowhere()).addPart(part)).toThrow(
        expect.objectContaining({ code: 'XLSX_WRITE_PART_NAME', place: name }),
      );
    },
  );

  it('refuses a second part of one name', () => {
    const part = { name: 'a/b-c_d.1.xml', contentType: 'application/xml', relationshipType: 'urn:x', xml: '<m/>' };
    const writer = new XlsxWriter(nowhere());
    writer.addPart(part);
    writer.addPart({ ...part, name: 'a.xml' });
    expect(() => writer.addPart(part)).toThrow(expect.objectContaining({ code: 'XLSX_WRITE_PART_NAME' }));
  });

  it('takes nothing more once it is finished or given up, and says what was not taken', async () => {
    const finished = new XlsxWriter(nowhere());
    await finished.addSheet('S');
    await finished.finish();
    const out = nowhere();
    const givenUp = new XlsxWriter(out);
    givenUp.destroy(new Error('no more'));
    expect(out.destroyed).toBe(true);
    const part = { name: 'a.xml', contentType: 'application/xml', relationshipType: 'urn:x', xml: '<m/>' };
    for (const writer of [finished, givenUp]) {
      const refused = { name: 'XlsxWriteError', code: 'XLSX_WRITE_ORDER' };
      await expect(writer.addSheet('T')).rejects.toMatchObject({ ...refused, place: 'T' });
      expect(() => writer.addPart(part)).toThrow(expect.objectContaining({ ...refused, place: 'a.xml' }));
      await expect(writer.finish()).rejects.toMatchObject({ ...refused, place: 'workbook' });
    }
    await expect(new XlsxWriter(nowhere()).finish()).rejects.toMatchObject({ place: 'workbook' });
  });
});

describe('whenClosed', () => {
  it('waits for a stream that is open, and not for one that is closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'when-closed-'));
    const file = createWriteStream(join(folder, 'x'));
    let isClosed = false;
    const waited = whenClosed(file).then(() => expect(isClosed).toBe(true));
    file.on('close', () => (isClosed = true));
    file.end();
    await waited;
    await whenClosed(file);
    await rm(folder, { recursive: true });
  });
});
