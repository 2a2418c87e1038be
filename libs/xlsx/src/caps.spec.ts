import { crc32, deflateRawSync } from 'node:zlib';
import { CellBudget, DEFAULT_LIMITS, resolveLimits, type XlsxLimits } from './limits';
import { readBytes, refusalOf } from './testing/read-cells';
import { seededRandom } from './testing/seeded-random';
import { buildWorkbook, sheetXml, workbookParts, type WorkbookSpec } from './testing/workbook-builder';
import { buildZip, type ZipPart } from './testing/zip-builder';

// The same caps as in limits.spec.ts, at the cap itself and one beyond it, on workbooks that take no time.

const SHEET = 'xl/worksheets/sheet1.xml';
const row = (r: number, cells: number): string => `<row r="${r}">${'<c><v>1</v></c>'.repeat(cells)}</row>`;
const refusal = async (bytes: Buffer, limits: Partial<XlsxLimits>): Promise<[string, string]> => {
  const { code, place } = await refusalOf(bytes, limits);
  return [code, place];
};
const isRead = async (bytes: Buffer, limits: Partial<XlsxLimits>): Promise<boolean> =>
  (await readBytes(bytes, limits)).length > 0;
const withParts = (change: (part: ZipPart) => ZipPart, spec: WorkbookSpec): Buffer =>
  buildZip(workbookParts(spec).map(change));

describe('the caps of a workbook', () => {
  const spec = { sheets: [{ xml: sheetXml(row(1, 4) + row(2, 3)) }, { name: 'Second', xml: sheetXml(row(1, 3)) }] };
  const bytes = buildWorkbook(spec);
  const parts = workbookParts(spec);

  it('count cells over all sheets', async () => {
    expect(await isRead(bytes, { cells: 10 })).toBe(true);
    expect(await refusal(bytes, { cells: 9 })).toEqual(['XLSX_LIMIT_CELLS', 'sheet Second']);
    expect(await refusal(bytes, { cells: 6 })).toEqual(['XLSX_LIMIT_CELLS', 'sheet Sheet1']);
  });

  it('count the bytes of the file, of the parts, and the parts', async () => {
    expect(await isRead(bytes, { fileBytes: bytes.length })).toBe(true);
    expect((await refusal(bytes, { fileBytes: bytes.length - 1 }))[0]).toBe('XLSX_LIMIT_FILE_BYTES');
    const uncompressedBytes = parts.reduce((sum, { data }) => sum + data.length, 0);
    expect(await isRead(bytes, { uncompressedBytes })).toBe(true);
    expect((await refusal(bytes, { uncompressedBytes: uncompressedBytes - 1 }))[0]).toBe('XLSX_LIMIT_BYTES');
    expect(await isRead(bytes, { entries: parts.length })).toBe(true);
    expect((await refusal(bytes, { entries: parts.length - 1 }))[0]).toBe('XLSX_LIMIT_ENTRIES');
  });

  it('count relationships and sheets as parts', async () => {
    const more = (name: string, extra: string): Buffer =>
      withParts(
        (part) =>
          part.name === name ? { ...part, data: String(part.data).replace(/(?=<\/(Rel|sheets))/, extra) } : part,
        spec,
      );
    // eight parts; the workbook names four of them
    expect(parts).toHaveLength(8);
    const relationship = '<Relationship Id="x" Type="y/z" Target="t"/>';
    const related = (count: number): Buffer => more('xl/_rels/workbook.xml.rels', relationship.repeat(count));
    expect(await isRead(related(4), { entries: 8 })).toBe(true);
    expect(await refusal(related(5), { entries: 8 })).toEqual([
      'XLSX_LIMIT_ENTRIES',
      expect.stringMatching(/^part xl\/_rels\/workbook.xml.rels, byte \d+$/),
    ]);
    const sheet = '<sheet name="x" sheetId="9" r:id="rIdStyles"/>';
    expect(await isRead(more('xl/workbook.xml', sheet.repeat(6)), { entries: 8 })).toBe(true);
    expect(await refusal(more('xl/workbook.xml', sheet.repeat(7)), { entries: 8 })).toEqual([
      'XLSX_LIMIT_ENTRIES',
      expect.stringMatching(/^part xl\/workbook.xml, byte \d+$/),
    ]);
  });

  it('hold for every kind of text', async () => {
    const sheets = (cell: string): WorkbookSpec['sheets'] => [{ name: 'S', xml: sheetXml(`<row r="1">${cell}</row>`) }];
    for (const [cell, strings] of [
      ['<c t="str"><v>abcde</v></c>'],
      ['<c t="str"><v>a<!-- -->bcde</v></c>'],
      ['<c t="inlineStr"><is><t>abcde</t></is></c>'],
      ['<c t="inlineStr"><is><r><t>abc</t></r><r><t>de</t></r></is></c>'],
      ['<c t="s"><v>0</v></c>', '<si><t>abcde</t></si>'],
      ['<c t="e"><v>#REF!</v></c>'],
    ]) {
      const workbook = buildWorkbook({ sheets: sheets(cell), strings });
      expect(await isRead(workbook, { stringLength: 5 })).toBe(true);
      const [code, place] = await refusal(workbook, { stringLength: 4 });
      expect(code).toBe('XLSX_LIMIT_STRING');
      expect(place).toMatch(strings === undefined ? /^sheet S, cell A1$/ : /^part xl\/sharedStrings.xml/);
    }
    // an escape is seven characters for one, and a number may be as long as its text
    expect(await isRead(buildWorkbook({ sheets: sheets(`<c t="str"><v>${'_x0041_'.repeat(5)}</v></c>`) }), { stringLength: 5 })).toBe(true); // prettier-ignore
    expect((await refusal(buildWorkbook({ sheets: sheets(`<c t="str"><v>${'_x0041_'.repeat(5)}x</v></c>`) }), { stringLength: 5 }))[0]).toBe('XLSX_LIMIT_STRING'); // prettier-ignore
  });
});

describe('the cap on the ratio', () => {
  /** Blanks that deflate to a whole part of their length, so that the ratio is a number to reach exactly. */
  const blanksOf = (length: number): string => {
    const xml = sheetXml(' '.repeat(length));
    return xml.length % deflateRawSync(xml).length === 0 ? xml : blanksOf(length + 1);
  };
  const xml = blanksOf(6000);
  const workbook = buildWorkbook({ sheets: [{ xml }] });
  const ratio = xml.length / deflateRawSync(xml).length;

  it('holds for parts beyond its floor', async () => {
    const ratioFloorBytes = xml.length - 1;
    expect(await isRead(workbook, { ratio, ratioFloorBytes })).toBe(true);
    expect(await refusal(workbook, { ratio: ratio - 0.01, ratioFloorBytes })).toEqual([
      'XLSX_LIMIT_RATIO',
      `part ${SHEET}`,
    ]);
    expect(await isRead(workbook, { ratio: 1, ratioFloorBytes: xml.length })).toBe(true);
  });

  it('holds before a part is larger than it states, and a part is that whatever it inflates to', async () => {
    const changed = (change: Partial<ZipPart>): Buffer =>
      withParts((part) => (part.name === SHEET ? { ...part, ...change } : part), { sheets: [{ xml }] });
    for (const bytes of [xml.length - 1, xml.length + 1]) {
      expect(await refusal(changed({ bytes }), {})).toEqual(['XLSX_CORRUPT_ZIP', `part ${SHEET}`]);
    }
    expect(await refusal(changed({ crc32: (crc32(xml) ^ 1) >>> 0 }), {})).toEqual([
      'XLSX_CORRUPT_ZIP',
      `part ${SHEET}`,
    ]);
    expect(await isRead(changed({ stored: true }), {})).toBe(true);
    expect((await refusal(changed({ compressed: deflateRawSync(xml).subarray(0, -4) }), {}))[0]).toBe(
      'XLSX_CORRUPT_ZIP',
    );
    expect((await refusal(changed({ compressed: Buffer.alloc(40, 0xff) }), {}))[0]).toBe('XLSX_CORRUPT_ZIP');
  });

  it('does not matter to a part of many windows, which is read whole', async () => {
    // comments of 180,000 hexadecimal digits, which deflate to half a byte each: 64 KiB are read at a time
    const random = seededRandom(1);
    const digits = Array.from({ length: 180_000 }, () => random(16).toString(16)).join('');
    const large = { sheets: [{ xml: sheetXml(`${row(1, 1)}<!--${digits}-->${row(2, 1)}`) }] };
    expect(deflateRawSync(large.sheets[0].xml).length).toBeGreaterThan(65_536);
    const [{ cells: read }] = await readBytes(buildWorkbook(large));
    expect(read.map(([address]) => address)).toEqual(['A1', 'A2']);
    const [{ cells: stored }] = await readBytes(withParts((part) => ({ ...part, stored: true }), large));
    expect(stored).toEqual(read);
  });
});

describe('CellBudget', () => {
  it('counts each sheet once, however often it is read', () => {
    const budget = CellBudget.forSheets(2, 10);
    const inThread = new CellBudget(budget.memory, 10);
    budget.add(0, 6, 'A');
    inThread.add(1, 4, 'B');
    const refused = expect.objectContaining({ code: 'XLSX_LIMIT_CELLS', place: 'sheet A' }) as Error;
    expect(() => budget.add(0, 1, 'A')).toThrow(refused);
    // A is read anew from the other thread: what was counted for it is forgotten, and B's four are not
    inThread.restart(0);
    expect(() => budget.add(0, 6, 'A')).not.toThrow();
    expect(() => budget.add(0, 1, 'A')).toThrow(refused);
    expect(budget.memory.byteLength).toBe(3 * 8);
  });
});

describe('resolveLimits', () => {
  it('takes the caps given over the defaults, and only positive numbers', () => {
    expect(resolveLimits()).toEqual(DEFAULT_LIMITS);
    expect(resolveLimits()).not.toBe(DEFAULT_LIMITS);
    expect(resolveLimits({ cells: 5, ratio: undefined })).toEqual({ ...DEFAULT_LIMITS, cells: 5 });
    expect(resolveLimits({ ratio: 0.5, cells: Infinity })).toMatchObject({ ratio: 0.5, cells: Infinity });
    for (const cells of [0, -1, NaN]) expect(() => resolveLimits({ cells })).toThrow(RangeError);
  });
});
