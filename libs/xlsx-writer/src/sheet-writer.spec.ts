import { PassThrough, Writable } from 'node:stream';
import { XlsxWriter, type Row, type SheetWriter } from './index';
import { unzip } from './testing/unzip';

async function open(): Promise<SheetWriter> {
  return new XlsxWriter(new Writable({ write: (_chunk, _encoding, done) => done() })).addSheet('S');
}

describe('SheetWriter', () => {
  it.each<[string, Row, string, string]>([
    ['a number that is none', [null, Number.NaN], 'XLSX_WRITE_NUMBER', 'S!B3'],
    ['an infinite number', [Number.NEGATIVE_INFINITY], 'XLSX_WRITE_NUMBER', 'S!A3'],
    ['a date that is none', [{ date: Number.NaN }], 'XLSX_WRITE_NUMBER', 'S!A3'],
    // Column 65 is BM: beyond the first 64, whose letters are kept.
    ['a text too long', [...new Array<null>(64).fill(null), 'x'.repeat(32_768)], 'XLSX_WRITE_STRING_LENGTH', 'S!BM3'],
    ['a row too long', new Array<null>(16_385).fill(null), 'XLSX_WRITE_TOO_MANY_COLUMNS', 'S'],
  ])('refuses %s and says where it stands', async (_what, row, code, place) => {
    const sheet = await open();
    void sheet.writeRow([1]);
    void sheet.writeRow([]);
    expect(() => void sheet.writeRow(row)).toThrow(expect.objectContaining({ name: 'XlsxWriteError', code, place }));
    // The row does not count: the next one takes its place.
    expect(sheet.rowCount).toBe(2);
    void sheet.writeRow([1]);
    expect(sheet.rowCount).toBe(3);
  });

  it('writes what is there and nothing else: no blank row, no empty cell', async () => {
    const chunks: Buffer[] = [];
    const out = new PassThrough().on('data', (chunk: Buffer) => chunks.push(chunk));
    const writer = new XlsxWriter(out, { strings: 'inline' });
    const sheet = await writer.addSheet('S');
    await sheet.writeRows([[1, null, true], [], [null, null], [{ date: 0 }, 'x', -0, { error: '#N/A' }, false]]);
    await writer.finish();
    // 1970-01-01 is serial 25,569.
    expect(unzip(Buffer.concat(chunks)).get('xl/worksheets/sheet1.xml')).toBe(
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' +
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="b"><v>1</v></c></row>' +
        '<row r="4"><c r="A4" s="1"><v>25569</v></c><c r="B4" t="inlineStr"><is><t>x</t></is></c><c r="C4"><v>0</v></c>' +
        '<c r="D4" t="e"><v>#N/A</v></c><c r="E4" t="b"><v>0</v></c></row></sheetData></worksheet>',
    );
  });

  it('takes a row of 16,384 cells and a text of 32,767 characters', async () => {
    const sheet = await open();
    await sheet.writeRow([...new Array<null>(16_383).fill(null), 'x'.repeat(32_767)]);
    expect(sheet.rowCount).toBe(1);
  });

  it('answers at once while the output keeps up, and later where it does not', async () => {
    // A stream that takes nothing before it is told to.
    const waiting: (() => void)[] = [];
    let isHeld = false;
    const out = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => void (isHeld ? waiting.push(done) : done()),
    });
    const writer = new XlsxWriter(out, { level: 0, strings: 'inline' });
    const sheet = await writer.addSheet('S');
    isHeld = true;
    const text = 'x'.repeat(30_000);
    // Below the 65,536 characters that are gathered.
    expect(sheet.writeRow([text])).toBeUndefined();
    // 3 MB without a break are more than may wait on their way.
    let behind: Promise<void> | undefined;
    for (let row = 0; row < 100 && behind === undefined; row++) behind = sheet.writeRow([text]);
    expect(behind).toBeDefined();
    isHeld = false;
    waiting.splice(0).forEach((done) => done());
    await behind;
    await writer.finish();
  });
});
