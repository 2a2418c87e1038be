import type { ReadSheet } from './read-cells';
import { buildWorkbook, sheetXml, workbookParts, type WorkbookSpec } from './workbook-builder';
import { buildZip, type ZipPart } from './zip-builder';

export const ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>1</v></c></row>';
export const SPEC: WorkbookSpec = {
  sheets: [{ name: 'Fases', xml: sheetXml(ROWS) }],
  strings: '<si><t>text</t></si>',
  formats: ['yyyy'],
};
/** What is read of it, in whatever archive it lies. */
export const EXPECTED: ReadSheet[] = [
  {
    name: 'Fases',
    state: 'visible',
    cells: [
      ['A1', 'text'],
      ['B1', 'd:1900-01-01T00:00:00'],
    ],
  },
];

/** The workbook with each part as `change` makes it; undefined leaves it out. */
export const changed = (change: (part: ZipPart) => ZipPart | undefined, spec = SPEC): Buffer =>
  buildZip(workbookParts(spec).flatMap((part) => change(part) ?? []));

/** The workbook in every kind of archive that writers make. */
export const ZIP_FORMS: readonly (readonly [string, Buffer])[] = [
  ['deflated', buildWorkbook(SPEC)],
  ['stored', changed((part) => ({ ...part, stored: true }))],
  ['with data descriptors', changed((part) => ({ ...part, descriptor: true }))],
  ['with zip64 sizes', changed((part) => ({ ...part, zip64: true }))],
  ['with zip64 sizes in descriptors', changed((part) => ({ ...part, zip64: true, descriptor: true }))],
  ['with a zip64 end record', buildWorkbook(SPEC, { zip64End: true })],
  ['with a comment', buildWorkbook(SPEC, { comment: 'made by a test' })],
  ['with bytes after the end record', Buffer.concat([buildWorkbook(SPEC), Buffer.alloc(100)])],
  ['with entries for folders', buildZip([{ name: 'xl/', data: '', stored: true }, ...workbookParts(SPEC)])],
  ['with backslashes in names', changed((part) => ({ ...part, name: part.name.replaceAll('/', '\\') }))],
  ['with the sheets before everything else', buildZip(workbookParts(SPEC).reverse())],
  [
    'with names in other case',
    changed((part) => ({ ...part, name: part.name.replace('sharedStrings', 'SharedStrings') })),
  ],
];
