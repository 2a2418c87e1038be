import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import { runCells } from './cells';

/** Keeps what is written; takes `delay` milliseconds for each piece, or fails with `failure` from the second on. */
class Sink extends Writable {
  text = '';
  private pieces = 0;

  constructor(
    private readonly delay = 0,
    private readonly failure?: NodeJS.ErrnoException,
  ) {
    super({ decodeStrings: false, highWaterMark: 1024 });
  }

  override _write(chunk: string, _encoding: string, done: (error?: Error) => void): void {
    if (this.failure !== undefined && this.pieces++ > 0) return done(this.failure);
    this.text += chunk;
    if (this.delay === 0) done();
    else setTimeout(done, this.delay);
  }
}

describe('cells FILE', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cells-spec-'));
  const path = (name: string): string => join(directory, name);
  afterAll(() => rmSync(directory, { recursive: true }));

  const write = async (name: string, fill: (workbook: ExcelJS.Workbook) => void): Promise<string> => {
    const workbook = new ExcelJS.Workbook();
    fill(workbook);
    await workbook.xlsx.writeFile(path(name));
    return path(name);
  };

  it('writes every non-empty cell of all sheets in workbook order as a JSON line', async () => {
    const file = await write('a.xlsx', (workbook) => {
      const first = workbook.addWorksheet('Zeta "1"');
      first.getCell('B2').value = 'a "b"\n\\ç';
      first.getCell('C2').value = 0;
      first.getCell('A5').value = new Date(Date.UTC(2025, 11, 11, 12, 50));
      first.getCell('A5').numFmt = 'dd/mm/yyyy hh:mm';
      workbook.addWorksheet('Alfa', { state: 'hidden' }).addRow([true, { error: '#N/A' }, null, -1.5, 'NULL']);
    });
    const out = new Sink();
    const err = new Sink();
    expect(await runCells(file, out, err)).toBe(0);
    const lines = out.text.trimEnd().split('\n');
    expect(lines[0]).toBe('{"sheet":"Zeta \\"1\\"","row":2,"col":2,"type":"string","value":"a \\"b\\"\\n\\\\ç"}');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { sheet: 'Zeta "1"', row: 2, col: 2, type: 'string', value: 'a "b"\n\\ç' },
      { sheet: 'Zeta "1"', row: 2, col: 3, type: 'number', value: 0 },
      { sheet: 'Zeta "1"', row: 5, col: 1, type: 'date', value: '2025-12-11T12:50:00' },
      { sheet: 'Alfa', row: 1, col: 1, type: 'boolean', value: true },
      { sheet: 'Alfa', row: 1, col: 2, type: 'error', value: '#N/A' },
      { sheet: 'Alfa', row: 1, col: 4, type: 'number', value: -1.5 },
      { sheet: 'Alfa', row: 1, col: 5, type: 'string', value: 'NULL' },
    ]);
    expect(err.text).toBe('');
  });

  it.each([
    ['no-such-file.xlsx', undefined, 'XLSX_NOT_FOUND'],
    ['empty.xlsx', Buffer.alloc(0), 'XLSX_EMPTY_FILE'],
    ['paper.xlsx', Buffer.from('%PDF-1.7'), 'XLSX_NOT_ZIP'],
    ['old.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'XLSX_LEGACY_XLS'],
  ])('refuses %s with the code and the remedy on the error output, and exit code 1', async (name, bytes, code) => {
    if (bytes !== undefined) writeFileSync(path(name), bytes);
    const out = new Sink();
    const err = new Sink();
    expect(await runCells(path(name), out, err)).toBe(1);
    expect(out.text).toBe('');
    expect(err.text.split('\n')[0]).toContain(`${code}: `);
    expect(err.text.split('\n')[1]).not.toBe('');
  });

  describe('to a reader of its own pace', () => {
    let file: string;
    beforeAll(async () => {
      file = await write('long.xlsx', (workbook) => {
        const sheet = workbook.addWorksheet('Long');
        for (let row = 0; row < 20_000; row++) sheet.addRow([row, row, row, row]);
      });
    });

    it('loses nothing when it is slow, and does not run ahead of it', async () => {
      const out = new Sink(30);
      let highest = 0;
      const timer = setInterval(() => {
        highest = Math.max(highest, out.writableLength);
      }, 5);
      expect(await runCells(file, out, new Sink())).toBe(0);
      clearInterval(timer);
      expect(out.text.split('\n')).toHaveLength(80_001);
      // one batch of 16,384 cells of some 60 characters may wait, all 80,000 may not
      expect(highest).toBeLessThan(1_500_000);
    });

    it('ends quietly when it goes away (EPIPE)', async () => {
      const err = new Sink();
      const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
      expect(await runCells(file, new Sink(0, gone), err)).toBe(0);
      expect(err.text).toBe('');
    });

    it('ends when the output is closed while it waits', async () => {
      const out = new PassThrough({ highWaterMark: 16 });
      const timer = setInterval(() => out.writableNeedDrain && out.destroy(), 5);
      const code = await runCells(file, out, new Sink());
      clearInterval(timer);
      expect({ code, isClosed: out.destroyed }).toEqual({ code: 0, isClosed: true });
    });

    it('says so when the output cannot be written', async () => {
      const err = new Sink();
      const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      expect(await runCells(file, new Sink(0, full), err)).toBe(1);
      expect(err.text).toContain('no space left');
    });
  });

  it('refuses what is beyond a configured cap', async () => {
    const file = await write('cap.xlsx', (workbook) => workbook.addWorksheet('A').addRow([1, 2, 3]));
    const out = new Sink();
    const err = new Sink();
    expect(await runCells(file, out, err, { cells: 2 })).toBe(1);
    expect([out.text, err.text]).toEqual(['', expect.stringMatching(/^XLSX_LIMIT_CELLS: /)]);
    process.env.XLSX_MAX_CELLS = '2';
    try {
      expect(await runCells(file, new Sink(), new Sink())).toBe(1);
    } finally {
      delete process.env.XLSX_MAX_CELLS;
    }
  });
});
