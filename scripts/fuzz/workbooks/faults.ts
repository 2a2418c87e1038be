import { writeFile } from 'node:fs/promises';
import { crc32, deflateRawSync } from 'node:zlib';
import type { Cell } from '@libs/xlsx-writer';
import { REFUSED_FILES, SHEET, SPEC, withPart } from '../../../libs/xlsx/src/testing/refused-files';
import { buildWorkbook, sheetXml, workbookParts } from '../../../libs/xlsx/src/testing/workbook-builder';
import { buildZip } from '../../../libs/xlsx/src/testing/zip-builder';
import {
  smallFactory,
  writeFactory,
  type FactorySheets,
  type FactoryWorkbookOptions,
} from '../../../test/support/factory-workbook';
import type { Expectation, WorkbookCase } from './case';

const MEBI = 2 ** 20;
const NINE_CELLS = `<row r="1">${'<c><v>1</v></c>'.repeat(9)}</row>`;

function fault(name: string, bytes: Buffer, code: string): WorkbookCase {
  return {
    group: 'faults',
    name,
    expected: { kind: 'refused', code },
    source: { write: (path) => writeFile(path, bytes) },
  };
}

/** A sheet of so many equal bytes, and the size that the archive states for it where that is a lie. */
function bomb(megabytes: number, prefix: string, filler: string, bytes?: number): Buffer {
  const data = Buffer.alloc(megabytes * MEBI, filler);
  data.write(prefix, 0, 'latin1');
  const part = { name: SHEET, data, compressed: deflateRawSync(data), crc32: crc32(data), bytes };
  return buildZip(workbookParts(SPEC).map((other) => (other.name === SHEET ? part : other)));
}

function hostile(): WorkbookCase[] {
  const sheet = (xml: string): Buffer => buildWorkbook({ sheets: [{ xml }] });
  const dtd = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('');
  const attributes = Array.from({ length: 5000 }, (_, i) => `a${i}="1"`).join(' ');
  return [
    fault('a zip bomb of 200 MB', bomb(200, '<worksheet><sheetData>  ', '<row r="1"/>'), 'XLSX_LIMIT_RATIO'),
    fault('a zip bomb that states 1,000 bytes', bomb(200, '<worksheet>', ' ', 1000), 'XLSX_CORRUPT_ZIP'),
    fault(
      'an archive of more parts than allowed',
      buildZip(workbookParts(SPEC), { entries: 65_000 }),
      'XLSX_LIMIT_ENTRIES',
    ),
    fault('an external entity', withPart(SHEET, { data: `${dtd}<worksheet>&x;</worksheet>` }), 'XLSX_DTD_FORBIDDEN'),
    fault(
      'a billion laughs',
      withPart('xl/sharedStrings.xml', {
        data: `<!DOCTYPE sst [<!ENTITY a0 "ha">${laughs}]><sst><si><t>&a9;</t></si></sst>`,
      }),
      'XLSX_DTD_FORBIDDEN',
    ),
    fault('elements inside each other', sheet(`<worksheet>${'<a>'.repeat(200_000)}`), 'XLSX_LIMIT_XML'),
    fault('thousands of attributes', sheet(`<worksheet ${attributes}/>`), 'XLSX_LIMIT_XML'),
    fault('a tag without an end', sheet(`<worksheet a="${'x'.repeat(3_000_000)}"/>`), 'XLSX_LIMIT_XML'),
    fault(
      'a text without an end',
      sheet(sheetXml(`<row r="1"><c r="A1" t="str"><v>${'ab'.repeat(2_000_000)}</v></c></row>`)),
      'XLSX_LIMIT_STRING',
    ),
    fault(
      'more cells than a row has columns',
      sheet(sheetXml(`<row r="1">${'<c r="A1"><v>1</v></c>'.repeat(40_000)}</row>`)),
      'XLSX_BAD_REFERENCE',
    ),
    { ...fault('more cells than the cap', sheet(sheetXml(NINE_CELLS)), 'XLSX_LIMIT_CELLS'), limits: { cells: 8 } },
    ...['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/styles.xml'].map((name) => {
      const part = workbookParts(SPEC).find((other) => other.name === name);
      return fault(`a DTD in ${name}`, withPart(name, { data: dtd + String(part?.data) }), 'XLSX_DTD_FORBIDDEN');
    }),
    { ...fault('no file', Buffer.alloc(0), 'XLSX_NOT_FOUND'), source: { file: '/no/such/folder/workbook.xlsx' } },
    { ...fault('a folder', Buffer.alloc(0), 'XLSX_UNREADABLE'), source: { file: __dirname } },
  ];
}

/** The small factory with its first order changed. */
function withOrder(change: Readonly<Record<string, Cell>>): FactorySheets {
  const sheets = smallFactory();
  const [first, ...others] = sheets.OrdensFabrico;
  return { ...sheets, OrdensFabrico: [{ ...first, ...change }, ...others] };
}

function factoryFault(
  name: string,
  sheets: FactorySheets,
  expected: Expectation,
  options: FactoryWorkbookOptions = {},
): WorkbookCase {
  return { group: 'factory faults', name, expected, source: { write: (path) => writeFactory(path, sheets, options) } };
}

const kept: Expectation = { kind: 'quarantined', rows: 0 };
const oneLost: Expectation = { kind: 'quarantined', rows: 1 };
const refused = (code: string): Expectation => ({ kind: 'refused', code });

/** Faults that only the factory's own sheets can have: read as spec/definitions says, or quarantined, or refused. */
function factoryFaults(): WorkbookCase[] {
  const { Modelos, ...withoutModelos } = smallFactory();
  const headers = ['Produto_Id', 'Produto_Nome', 'Peso_Desmolde', 'Produto_PesoAcabamento'];
  const product = 'Of_ProdutoId';
  const finished = 'Of_DataAcabamento';
  return [
    factoryFault('nothing wrong', smallFactory(), kept),
    factoryFault('a missing sheet', withoutModelos, refused('SHEET_MISSING')),
    factoryFault('a missing header', withoutModelos, refused('HEADER_MISSING'), {
      extraSheets: [{ name: 'Modelos', rows: [headers, [1, 'K1', 2, 3]] }],
    }),
    factoryFault('two sheets of one name but for its case', { ...withoutModelos }, refused('HEADER_AMBIGUOUS'), {
      extraSheets: ['modelos', 'MODÉLOS'].map((name) => ({ name, rows: [Object.keys(Modelos[0])] })),
    }),
    factoryFault('text where a number belongs', withOrder({ [product]: 'kayak' }), oneLost),
    factoryFault('text where a date belongs', withOrder({ [finished]: 'soon' }), oneLost),
    factoryFault('a date that the calendar has not', withOrder({ [finished]: '31/02/2025' }), oneLost),
    factoryFault('an error cell', withOrder({ [product]: { error: '#REF!' } }), oneLost),
    factoryFault('NULL for a key', withOrder({ Of_Id: 'NULL' }), oneLost),
    factoryFault('a number as text', withOrder({ [product]: ' 100 ' }), kept),
    factoryFault('a decimal comma', withOrder({ [product]: '100,0' }), kept),
    factoryFault('an ISO date as text', withOrder({ [finished]: '2025-01-20T16:00:00' }), kept),
    factoryFault('a date as text, day first', withOrder({ [finished]: '20/01/2025 16:00' }), kept),
    factoryFault('the 1904 date system', smallFactory(), kept, { date1904: true }),
    factoryFault('inline strings', smallFactory(), kept, { strings: 'inline' }),
    factoryFault('title rows above the headers', smallFactory(), kept, { titleRows: [['Folha IA'], [null]] }),
    factoryFault('blank rows', { ...smallFactory(), Modelos: [...Modelos, {}, {}] }, kept),
    factoryFault('continuation sheets', smallFactory(), kept, { rowsPerSheet: 2 }),
    factoryFault('an unknown sheet', smallFactory(), kept, { extraSheets: [{ name: 'Moldes', rows: [['Molde']] }] }),
  ];
}

/** A workbook for every fault that is refused or quarantined, with the code or the number of rows. */
export function faults(): WorkbookCase[] {
  return [...REFUSED_FILES.map(([name, bytes, code]) => fault(name, bytes, code)), ...hostile(), ...factoryFaults()];
}
