import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { readBytes, refusalOf } from './testing/read-cells';
import { GOOD, REFUSED_FILES, SHEET, SPEC, withPart } from './testing/refused-files';
import { sheetXml, workbookParts } from './testing/workbook-builder';
import { Workbook } from './workbook';
import { XLSX_ERROR_CODES, XlsxError } from './xlsx-error';

describe('what is refused, with which code', () => {
  it.each(REFUSED_FILES)('%s', async (_, bytes, code) => {
    const refusal = await refusalOf(bytes);
    expect(refusal.code).toBe(code);
    expect(refusal.remedy).not.toBe('');
    expect(refusal.place).not.toBe('');
  });

  const doctype = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]>';

  it.each([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/sharedStrings.xml',
    SHEET,
  ])('a DTD in %s', async (name) => {
    const { data } = workbookParts(SPEC).find((part) => part.name === name) ?? { data: '' };
    expect((await refusalOf(withPart(name, { data: doctype + String(data) }))).code).toBe('XLSX_DTD_FORBIDDEN');
    const utf16 = Buffer.from(`\ufeff<?xml version="1.0"?><!-- --> ${doctype}${String(data)}`, 'utf16le');
    expect((await refusalOf(withPart(name, { data: utf16 }))).code).toBe('XLSX_DTD_FORBIDDEN');
  });

  it('an entity declaration inside the data', async () => {
    const data = sheetXml('<!ENTITY x "y"><row r="1"/>');
    expect((await refusalOf(withPart(SHEET, { data }))).code).toBe('XLSX_DTD_FORBIDDEN');
  });

  it('no file, a folder, a file inside a file, and a name that no file can have', async () => {
    const path = join(tmpdir(), 'no-such-folder', 'no-such-workbook.xlsx');
    await expect(Workbook.open(path)).rejects.toMatchObject({ code: 'XLSX_NOT_FOUND', place: path });
    await expect(Workbook.open(tmpdir())).rejects.toMatchObject({ code: 'XLSX_UNREADABLE' });
    await expect(Workbook.open(join(__filename, 'x'))).rejects.toMatchObject({ code: 'XLSX_NOT_FOUND' });
    // ENAMETOOLONG: not to be told from a file that is not there would send the reader looking for it
    const long = join(tmpdir(), `${'x'.repeat(300)}.xlsx`);
    await expect(Workbook.open(long)).rejects.toMatchObject({ code: 'XLSX_UNREADABLE', place: long });
  });

  it('reads the workbook that all of these are made from', async () => {
    expect(await readBytes(GOOD)).toEqual([{ name: 'Fases', state: 'visible', cells: [['A1', 'text']] }]);
  });

  it('gives every code a remedy', () => {
    for (const code of XLSX_ERROR_CODES)
      expect(new XlsxError(code, 'detail', 'place').remedy.length).toBeGreaterThan(20);
  });

  it('names code, detail and place in the message', () => {
    expect(new XlsxError('XLSX_CORRUPT_XML', 'a damaged tag', 'sheet A, cell B2').message).toBe(
      'XLSX_CORRUPT_XML: a damaged tag (sheet A, cell B2)',
    );
  });
});
