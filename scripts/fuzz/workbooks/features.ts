import { writeFile } from 'node:fs/promises';
import type { ReadCell, ReadSheet } from '../../../libs/xlsx/src/testing/read-cells';
import {
  buildWorkbook,
  sheetXml,
  workbookParts,
  type SheetSpec,
  type WorkbookSpec,
} from '../../../libs/xlsx/src/testing/workbook-builder';
import { EXPECTED as OF_XML, ROWS as XML_ROWS, XML_FORMS } from '../../../libs/xlsx/src/testing/xml-forms';
import { buildZip } from '../../../libs/xlsx/src/testing/zip-builder';
import { changed, EXPECTED as OF_ZIP, SPEC as ZIP_SPEC, ZIP_FORMS } from '../../../libs/xlsx/src/testing/zip-forms';
import type { WorkbookCase } from './case';

const STRINGS = '<si><t>zero</t></si><si><t>one</t></si>';
const UNPREFIXED = 'exceljs takes elements by their written name, prefix and all';
const ELSEWHERE = 'exceljs finds sheets by the name of their part, xl/worksheets/sheetN.xml';
const AS_UTF8 = 'exceljs takes every part for UTF-8';
const BY_REFERENCE = 'exceljs needs the references of rows and cells';
const WITHOUT_CDATA = 'exceljs passes CDATA by';

function feature(name: string, bytes: Buffer, sheets: readonly ReadSheet[], exceljs?: string): WorkbookCase {
  return {
    group: 'features',
    name,
    expected: { kind: 'read', sheets },
    source: { write: (path) => writeFile(path, bytes) },
    exceljs,
  };
}

/** One sheet of one row, or of the rows given. */
function cells(
  name: string,
  xml: string,
  expected: ReadCell[],
  spec: Partial<WorkbookSpec> = {},
  exceljs?: string,
): WorkbookCase {
  const rows = xml.startsWith('<row') ? xml : `<row r="1">${xml}</row>`;
  const bytes = buildWorkbook({ strings: STRINGS, sheets: [{ xml: sheetXml(rows) }], ...spec });
  return feature(name, bytes, [{ name: 'Sheet1', state: 'visible', cells: expected }], exceljs);
}

const FORMATS = ['yyyy-mm-dd hh:mm', 'dd/mm/yyyy', 14, 22, '[h]:mm:ss', 'h:mm AM/PM', '0.00', '"d"0', '[Red]0', 47];
const SERIAL = '44197.534722222219';
const NEW_YEAR = 'd:2021-01-01T12:50:00';

function cellFeatures(): WorkbookCase[] {
  const rich =
    '<r><rPr><b/></rPr><t>Gel</t></r><r><t xml:space="preserve"> coat</t></r><rPh sb="0" eb="1"><t>x</t></rPh>';
  const dates = FORMATS.map((_, i) => `<c r="${String.fromCharCode(65 + i)}1" s="${i + 1}"><v>${SERIAL}</v></c>`);
  return [
    cells('numbers, 0 included', '<c r="A1"><v>0</v></c><c r="B1"><v>-1.5E3</v></c><c r="C1"><v>0.1</v></c>', [
      ['A1', 0],
      ['B1', -1500],
      ['C1', 0.1],
    ]),
    cells('shared strings', '<c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c>', [
      ['A1', 'one'],
      ['B1', 'zero'],
    ]),
    cells('inline strings', '<c r="A1" t="inlineStr"><is><t>a &amp; é漢😀</t></is></c>', [['A1', 'a & é漢😀']]),
    cells(
      'rich strings, inline',
      `<c r="A1" t="inlineStr"><is>${rich}</is></c>`,
      [['A1', 'Gel coat']],
      {},
      'exceljs loses inline strings with phonetic runs',
    ),
    cells('rich strings with phonetic runs, shared', '<c r="A1" t="s"><v>0</v></c>', [['A1', 'Gel coat']], {
      strings: `<si>${rich}</si>`,
    }),
    cells('white space', '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a\n</t></is></c>', [['A1', ' a\n']]),
    cells('_xHHHH_ escapes', '<c r="A1" t="inlineStr"><is><t>x_x000D_y_x005F_x0041_</t></is></c>', [
      ['A1', 'x\ry_x0041_'],
    ]),
    cells('CDATA', '<c r="A1" t="inlineStr"><is><t><![CDATA[<a>]]>b</t></is></c>', [['A1', '<a>b']], {}, WITHOUT_CDATA),
    cells('booleans', '<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c>', [
      ['A1', true],
      ['B1', false],
    ]),
    cells('typed errors', '<c r="A1" t="e"><v>#N/A</v></c>', [['A1', 'e:#N/A']]),
    cells('ISO dates (t="d")', '<c r="A1" t="d"><v>2021-01-01T12:50:00</v></c>', [['A1', NEW_YEAR]]),
    cells(
      'formulas with and without value',
      '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c><c r="C1" t="str"><f>"a"</f><v>a</v></c>',
      [
        ['A1', 2],
        ['C1', 'a'],
      ],
    ),
    cells(
      'shared formulas',
      '<c r="A1"><f t="shared" ref="A1:B1" si="0">1</f><v>1</v></c><c r="B1"><f t="shared" si="0"/><v>2</v></c>',
      [
        ['A1', 1],
        ['B1', 2],
      ],
    ),
    cells(
      'dates by number format',
      dates.join(''),
      FORMATS.map((_, i) => [`${String.fromCharCode(65 + i)}1`, i < 6 || i === 9 ? NEW_YEAR : Number(SERIAL)]),
      { formats: FORMATS },
    ),
    cells('the 1904 date system', '<c r="A1" s="1"><v>42735</v></c>', [['A1', 'd:2021-01-01T00:00:00']], {
      formats: ['yyyy-mm-dd'],
      date1904: true,
    }),
    cells('values that their type cannot hold', '<c r="A1"><v>abc</v></c><c r="B1" t="b"><v>2</v></c>', [
      ['A1', 'e:abc'],
      ['B1', 'e:2'],
    ]),
    cells('gaps', '<row r="2"><c r="C2"><v>1</v></c></row><row r="90000"><c r="XFD90000"><v>2</v></c></row>', [
      ['C2', 1],
      ['XFD90000', 2],
    ]),
    cells(
      'rows and cells without references',
      '<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>',
      [
        ['A1', 1],
        ['B1', 2],
        ['A2', 3],
      ],
      {},
      BY_REFERENCE,
    ),
    cells(
      'phantom formatted rows',
      `<row r="1"><c r="A1"><v>1</v></c></row>${Array.from({ length: 5000 }, (_, i) => `<row r="${i + 2}" s="1" customFormat="1"><c r="A${i + 2}" s="1"/></row>`).join('')}`,
      [['A1', 1]],
      { formats: [14] },
    ),
    cells(
      'forty thousand cells',
      Array.from({ length: 4000 }, (_, r) => `<row r="${r + 1}">${wideRow(r + 1)}</row>`).join(''),
      Array.from({ length: 40_000 }, (_, i) => [
        `${String.fromCharCode(65 + (i % 10))}${Math.floor(i / 10) + 1}`,
        i % 10,
      ]),
    ),
  ];
}

const wideRow = (row: number): string =>
  Array.from({ length: 10 }, (_, c) => `<c r="${String.fromCharCode(65 + c)}${row}"><v>${c}</v></c>`).join('');

function packageFeatures(): WorkbookCase[] {
  const one = (target: string): Buffer => buildWorkbook({ ...ZIP_SPEC, sheets: [{ ...ZIP_SPEC.sheets[0], target }] });
  const hidden: SheetSpec[] = [
    { name: 'A & <B>', xml: sheetXml('<row r="1"><c r="A1"><v>1</v></c></row>') },
    { name: 'hidden', state: 'hidden', xml: sheetXml('') },
    { name: 'very', state: 'veryHidden', xml: sheetXml('<row r="1"><c r="A1"><v>2</v></c></row>') },
  ];
  const moved = workbookParts(ZIP_SPEC).map(({ name, data }) => ({
    name: name.replace(/^xl\//, 'book/'),
    data: name === '_rels/.rels' ? String(data).replace('xl/workbook', '/book/workbook') : data,
  }));
  return [
    feature('an absolute target', one('/xl/worksheets/sheet1.xml'), OF_ZIP),
    feature('a target with dots', one('../xl/./worksheets/sheet1.xml'), OF_ZIP, ELSEWHERE),
    feature('strict relationships and namespaces', buildWorkbook({ ...ZIP_SPEC, strict: true }), OF_ZIP),
    feature('a workbook in another folder', buildZip(moved), OF_ZIP, ELSEWHERE),
    feature(
      'without content types',
      changed((part) => (part.name === '[Content_Types].xml' ? undefined : part)),
      OF_ZIP,
    ),
    feature('hidden sheets', buildWorkbook({ sheets: hidden }), [
      { name: 'A & <B>', state: 'visible', cells: [['A1', 1]] },
      { name: 'hidden', state: 'hidden', cells: [] },
      { name: 'very', state: 'veryHidden', cells: [['A1', 2]] },
    ]),
  ];
}

function formFeatures(): WorkbookCase[] {
  const ofXml: ReadSheet[] = [{ name: 'Sheet1', state: 'visible', cells: OF_XML }];
  const sheet = (xml: string | Buffer): Buffer => buildWorkbook({ sheets: [{ xml }], strings: STRINGS });
  const utf16 = Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${sheetXml(XML_ROWS)}`, 'utf16le');
  return [
    ...ZIP_FORMS.map(([name, bytes]) => feature(`archive ${name}`, bytes, OF_ZIP, archiveReason(name))),
    ...XML_FORMS.map(([name, xml]) => feature(`XML ${name}`, sheet(xml), ofXml, xmlReason(name))),
    feature('XML in UTF-16, little-endian', sheet(utf16), ofXml, AS_UTF8),
    feature('XML in UTF-16, big-endian', sheet(Buffer.from(utf16).swap16()), ofXml, AS_UTF8),
  ];
}

function archiveReason(name: string): string | undefined {
  if (/backslashes|other case/.test(name)) return 'exceljs compares the names of parts as they are written';
  return undefined;
}

function xmlReason(name: string): string | undefined {
  if (/prefix|foreign|anew/.test(name)) return UNPREFIXED;
  return /before and after/.test(name) ? 'exceljs reads rows of extensions too' : undefined;
}

/** A workbook for each thing that a reader must know, with every cell that it must find. */
export function features(): WorkbookCase[] {
  return [...cellFeatures(), ...packageFeatures(), ...formFeatures()];
}
