import type { XlsxErrorCode } from '../xlsx-error';
import { buildWorkbook, sheetXml, workbookParts, type WorkbookSpec } from './workbook-builder';
import { buildZip, type ZipPart } from './zip-builder';

export const SPEC: WorkbookSpec = {
  sheets: [{ name: 'Fases', xml: sheetXml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>') }],
  strings: '<si><t>text</t></si>',
};
/** The workbook that the damaged ones are made from. */
export const GOOD = buildWorkbook(SPEC);
export const SHEET = 'xl/worksheets/sheet1.xml';

/** The same with one part changed. */
export const withPart = (name: string, change: Partial<ZipPart>): Buffer =>
  buildZip(workbookParts(SPEC).map((part) => (part.name === name ? { ...part, ...change } : part)));
const withoutPart = (name: string): Buffer => buildZip(workbookParts(SPEC).filter((part) => part.name !== name));
const ole = (...streams: string[]): Buffer =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1016),
    ...streams.map((stream) => Buffer.from(stream, 'utf16le')),
    Buffer.alloc(512),
  ]);
const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] ^= 0x10;
  return copy;
};
const dataOffset = (name: string): number => GOOD.indexOf(name) + name.length;

/** Files that are refused whatever the caps: what they are, their bytes, and the code. */
export const REFUSED_FILES: readonly (readonly [string, Buffer, XlsxErrorCode])[] = [
  ['an empty file', Buffer.alloc(0), 'XLSX_EMPTY_FILE'],
  ['one byte', Buffer.from('P'), 'XLSX_NOT_ZIP'],
  ['a PDF renamed', Buffer.from('%PDF-1.7\n%âãÏÓ\n'), 'XLSX_NOT_ZIP'],
  ['a CSV renamed', Buffer.from('Of_Id;Of_DataCriacao\n1;2\n'), 'XLSX_NOT_ZIP'],
  ['an HTML table renamed', Buffer.from('<html><table></table></html>'), 'XLSX_NOT_ZIP'],
  ['a file of zero bytes', Buffer.alloc(4096), 'XLSX_NOT_ZIP'],
  ['an .xls', ole('Workbook'), 'XLSX_LEGACY_XLS'],
  ['an .xls of Excel 4', Buffer.from('0904060000001000', 'hex'), 'XLSX_LEGACY_XLS'],
  ['an encrypted workbook', ole('EncryptionInfo', 'EncryptedPackage'), 'XLSX_ENCRYPTED'],
  ['an encrypted zip entry', withPart(SHEET, { flags: 1 }), 'XLSX_ENCRYPTED'],
  ['a zip cut in the middle', GOOD.subarray(0, GOOD.length >> 1), 'XLSX_TRUNCATED'],
  ['a zip without its last byte', GOOD.subarray(0, -1), 'XLSX_TRUNCATED'],
  ['a zip header and nothing else', GOOD.subarray(0, 4), 'XLSX_TRUNCATED'],
  ['an empty zip', buildZip([]), 'XLSX_NOT_A_WORKBOOK'],
  ['a zip of photos', buildZip([{ name: 'a.jpg', data: 'x' }]), 'XLSX_NOT_A_WORKBOOK'],
  [
    'an .ods',
    buildZip([
      { name: 'mimetype', data: 'x', stored: true },
      { name: 'content.xml', data: '<a/>' },
    ]),
    'XLSX_NOT_A_WORKBOOK',
  ],
  ['a .docx', withPart('xl/workbook.xml', { data: '<w:document xmlns:w="urn:w"/>' }), 'XLSX_NOT_A_WORKBOOK'],
  [
    'an .xlsb',
    withPart('_rels/.rels', { data: String(workbookParts(SPEC)[1].data).replace('workbook.xml', 'workbook.bin') }),
    'XLSX_BINARY_WORKBOOK',
  ],
  ['a workbook part that is missing', withoutPart('xl/workbook.xml'), 'XLSX_MISSING_PART'],
  ['a sheet part that is missing', withoutPart(SHEET), 'XLSX_MISSING_PART'],
  ['sheets without relationships', withoutPart('xl/_rels/workbook.xml.rels'), 'XLSX_MISSING_PART'],
  ['no worksheets', buildWorkbook({ sheets: [] }), 'XLSX_NO_SHEETS'],
  ['only a chart', buildWorkbook({ sheets: [{ xml: '<chartsheet/>', type: 'chartsheet' }] }), 'XLSX_NO_SHEETS'],
  ['an unknown compression method', withPart(SHEET, { method: 12 }), 'XLSX_UNSUPPORTED_COMPRESSION'],
  ['a wrong checksum', withPart(SHEET, { crc32: 1 }), 'XLSX_CORRUPT_ZIP'],
  ['a size that is too small', withPart(SHEET, { bytes: 10 }), 'XLSX_CORRUPT_ZIP'],
  ['a size that is too large', withPart(SHEET, { bytes: 10_000 }), 'XLSX_CORRUPT_ZIP'],
  ['a stored part of two sizes', withPart(SHEET, { stored: true, bytes: 10 }), 'XLSX_CORRUPT_ZIP'],
  ['compressed bytes that are none', withPart(SHEET, { compressed: Buffer.alloc(60, 0xff) }), 'XLSX_CORRUPT_ZIP'],
  ['a flipped bit in the data', flipped(GOOD, dataOffset(SHEET) + 8), 'XLSX_CORRUPT_ZIP'],
  ['a flipped bit in a local header', flipped(GOOD, GOOD.indexOf(SHEET) - 30), 'XLSX_CORRUPT_ZIP'],
  [
    'a flipped bit in a name of the directory',
    flipped(GOOD, GOOD.lastIndexOf('xl/styles.xml') + 3),
    'XLSX_CORRUPT_ZIP',
  ],
  ['a flipped bit in the directory', flipped(GOOD, GOOD.lastIndexOf(SHEET) - 46), 'XLSX_CORRUPT_ZIP'],
  ['an entry beyond the file', withPart(SHEET, { localOffset: 1_000_000 }), 'XLSX_CORRUPT_ZIP'],
  ['entries that overlap', withPart(SHEET, { localOffset: 0 }), 'XLSX_CORRUPT_ZIP'],
  [
    'two parts of one name',
    buildZip([...workbookParts(SPEC), { name: SHEET, data: sheetXml('') }]),
    'XLSX_CORRUPT_ZIP',
  ],
  ['bytes before the zip', Buffer.concat([GOOD.subarray(0, 30), GOOD]), 'XLSX_CORRUPT_ZIP'],
  ['a directory that counts one entry more', buildZip(workbookParts(SPEC), { entries: 8 }), 'XLSX_CORRUPT_ZIP'],
];
