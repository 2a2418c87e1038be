import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { readBytes, readPath, refusalOf, withFile } from './testing/read-cells';
import {
  buildWorkbook,
  relationshipsXml,
  sheetXml,
  STRICT_RELATIONSHIPS,
  workbookParts,
} from './testing/workbook-builder';
import { buildZip } from './testing/zip-builder';
import { changed, EXPECTED, ROWS, SPEC, ZIP_FORMS } from './testing/zip-forms';
import { Workbook } from './workbook';

const without = (name: string, spec = SPEC): Buffer => changed((part) => (part.name === name ? undefined : part), spec);

describe('zip archives as writers make them', () => {
  it.each(ZIP_FORMS)('are read %s', async (_, bytes) => {
    expect(await readBytes(bytes)).toEqual(EXPECTED);
  });
});

describe('parts found through relationships', () => {
  it.each([
    ['relative', 'worksheets/sheet1.xml'],
    ['absolute', '/xl/worksheets/sheet1.xml'],
    ['with dots', '../xl/./worksheets/sheet1.xml'],
    ['with backslashes', 'worksheets\\sheet1.xml'],
    ['with percent signs', 'worksheets/sheet%31.xml'],
    ['in other case', 'Worksheets/Sheet1.xml'],
  ])('follows a target that is %s', async (_, target) => {
    expect(await readBytes(buildWorkbook({ ...SPEC, sheets: [{ ...SPEC.sheets[0], target }] }))).toEqual(EXPECTED);
  });

  it('finds the workbook wherever the package says it is', async () => {
    const parts = workbookParts(SPEC).map((part) => ({
      ...part,
      name: part.name
        .replace(/^xl\//, 'book/')
        .replace('book/workbook', 'book/wb')
        .replace('_rels/workbook', '_rels/wb'),
      data: part.name === '_rels/.rels' ? String(part.data).replace('xl/workbook.xml', '/book/wb.xml') : part.data,
    }));
    expect(await readBytes(buildZip(parts))).toEqual(EXPECTED);
  });

  it('reads strict relationships', async () => {
    expect(await readBytes(buildWorkbook({ ...SPEC, strict: true }))).toEqual(EXPECTED);
    expect(relationshipsXml([], STRICT_RELATIONSHIPS)).not.toContain('openxmlformats.org/officeDocument');
  });

  it('reads a workbook in its customary place when the package relationships are missing', async () => {
    expect(await readBytes(without('_rels/.rels'))).toEqual(EXPECTED);
    expect(await readBytes(without('[Content_Types].xml'))).toEqual(EXPECTED);
  });

  it('reads a workbook that names no styles (then nothing is a date) or has no shared strings (when none is used)', async () => {
    const numbers = { ...SPEC, sheets: [{ xml: sheetXml('<row r="1"><c r="A1" s="1"><v>1</v></c></row>') }] };
    const unnamed = changed((part) => {
      if (part.name === 'xl/styles.xml') return undefined;
      return { ...part, data: String(part.data).replace(/<Relationship Id="rIdStyles"[^>]*>/, '') };
    }, numbers);
    expect((await readBytes(unnamed))[0].cells).toEqual([['A1', 1]]);
    expect((await readBytes(without('xl/sharedStrings.xml', numbers)))[0].cells).toEqual([
      ['A1', 'd:1900-01-01T00:00:00'],
    ]);
    expect((await refusalOf(without('xl/sharedStrings.xml'))).code).toBe('XLSX_BAD_SHARED_STRING');
  });

  it('refuses a formatted number where the styles are named and missing, since it may be a date, and reads the rest', async () => {
    expect(await refusalOf(without('xl/styles.xml'))).toMatchObject({
      code: 'XLSX_MISSING_PART',
      place: 'sheet Fases, cell B1',
    });
    const cells = '<c r="A1"><v>1</v></c><c r="B1" s="0"><v>2</v></c><c r="C1" s="1" t="s"><v>0</v></c>';
    const plain = { ...SPEC, sheets: [{ xml: sheetXml(`<row r="1">${cells}</row>`) }] };
    expect((await readBytes(without('xl/styles.xml', plain)))[0].cells).toEqual([
      ['A1', 1],
      ['B1', 2],
      ['C1', 'text'],
    ]);
  });

  it('gives worksheets only, in workbook order, and passes charts and macro sheets by', async () => {
    const xml = sheetXml(ROWS);
    const sheets = [
      { name: 'Chart', xml: '<chartsheet/>', type: 'chartsheet' },
      { name: 'B', xml },
      { name: 'Macro', xml: '<macrosheet/>', type: 'xlMacrosheet' },
      { name: 'A', xml, state: 'hidden' },
    ];
    await withFile(buildWorkbook({ ...SPEC, sheets }), async (path) => {
      const workbook = await Workbook.open(path);
      const uncompressedBytes = xml.length;
      expect(workbook.sheets).toEqual([
        { index: 0, name: 'B', state: 'visible', uncompressedBytes, part: 'xl/worksheets/sheet2.xml' },
        { index: 1, name: 'A', state: 'hidden', uncompressedBytes, part: 'xl/worksheets/sheet4.xml' },
      ]);
      await workbook.close();
      expect((await readPath(path)).map(({ cells }) => cells.length)).toEqual([2, 2]);
    });
  });
});

describe('parts and their hashes', () => {
  it('lists the zip directory', async () => {
    await withFile(buildWorkbook(SPEC), async (path) => {
      const workbook = await Workbook.open(path);
      expect(workbook.parts.map(({ name }) => name)).toEqual(workbookParts(SPEC).map(({ name }) => name));
      const xml = sheetXml(ROWS);
      expect(workbook.parts.find(({ name }) => name === 'xl/worksheets/sheet1.xml')).toEqual({
        name: 'xl/worksheets/sheet1.xml',
        bytes: xml.length,
        crc32: crc32(xml),
        compressedBytes: deflateRawSync(xml).length,
      });
      await workbook.close();
    });
  });

  it('hashes what is inside each part, so that the same content in another zip hashes the same', async () => {
    const hashesOf = (bytes: Buffer): Promise<[string, string][]> =>
      withFile(bytes, async (path) => {
        const workbook = await Workbook.open(path);
        const hashes = await workbook.hashParts();
        expect([...hashes.keys()]).toEqual(workbook.parts.map(({ name }) => name));
        await workbook.close();
        return [...hashes].sort();
      });
    const deflated = await hashesOf(buildWorkbook(SPEC));
    expect(await hashesOf(changed((part) => ({ ...part, stored: true })))).toEqual(deflated);
    const sha256 = createHash('sha256').update(sheetXml(ROWS)).digest('hex');
    expect(deflated).toContainEqual(['xl/worksheets/sheet1.xml', sha256]);
    const other = { ...SPEC, sheets: [{ xml: sheetXml('') }] };
    expect(await hashesOf(buildWorkbook(other))).not.toEqual(deflated);
  });
});
