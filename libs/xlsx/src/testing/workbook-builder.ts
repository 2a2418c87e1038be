import { buildZip, type ZipOptions, type ZipPart } from './zip-builder';

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const STRICT_MAIN = 'http://purl.oclc.org/ooxml/spreadsheetml/main';
export const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const STRICT_RELATIONSHIPS = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
const PACKAGE_RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';

export interface SheetSpec {
  name?: string;
  state?: string;
  /** the whole part */
  xml: string | Buffer;
  /** target of the relationship and its type, where they are not the usual ones */
  target?: string;
  type?: string;
}

export interface WorkbookSpec {
  sheets: SheetSpec[];
  /** the <si> elements */
  strings?: string;
  /** format codes by cell format: s="1" is the first; a number is a built-in id */
  formats?: (string | number)[];
  date1904?: boolean;
  strict?: boolean;
}

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A worksheet part around these rows. */
export const sheetXml = (rows: string): string =>
  `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`;

export const stringsXml = (items: string): string => `<sst xmlns="${MAIN}">${items}</sst>`;

export function stylesXml(formats: (string | number)[]): string {
  const custom = formats.map((code, i) =>
    typeof code === 'number' ? '' : `<numFmt numFmtId="${164 + i}" formatCode="${escapeXml(code)}"/>`,
  );
  const xfs = formats.map((code, i) => `<xf numFmtId="${typeof code === 'number' ? code : 164 + i}"/>`);
  return (
    `<styleSheet xmlns="${MAIN}"><numFmts>${custom.join('')}</numFmts>` +
    `<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${xfs.join('')}</cellXfs></styleSheet>`
  );
}

export const relationshipsXml = (items: { id: string; type: string; target: string }[], base = RELATIONSHIPS): string =>
  `<Relationships xmlns="${PACKAGE_RELATIONSHIPS}">` +
  items.map(({ id, type, target }) => `<Relationship Id="${id}" Type="${base}/${type}" Target="${target}"/>`).join('') +
  '</Relationships>';

/** The parts of a small workbook; a test may change or remove some before they are zipped. */
export function workbookParts(spec: WorkbookSpec): ZipPart[] {
  const relationshipBase = spec.strict ? STRICT_RELATIONSHIPS : RELATIONSHIPS;
  const sheets = spec.sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${escapeXml(name ?? `Sheet${i + 1}`)}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
  );
  const workbook =
    `<workbook xmlns="${spec.strict ? STRICT_MAIN : MAIN}" xmlns:r="${relationshipBase}">` +
    `<workbookPr${spec.date1904 ? ' date1904="1"' : ''}/><sheets>${sheets.join('')}</sheets></workbook>`;
  const relationships = spec.sheets.map(({ target, type }, i) => ({
    id: `rId${i + 1}`,
    type: type ?? 'worksheet',
    target: target ?? `worksheets/sheet${i + 1}.xml`,
  }));
  relationships.push({ id: 'rIdStrings', type: 'sharedStrings', target: 'sharedStrings.xml' });
  relationships.push({ id: 'rIdStyles', type: 'styles', target: 'styles.xml' });
  return [
    {
      name: '[Content_Types].xml',
      data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    },
    {
      name: '_rels/.rels',
      data: relationshipsXml([{ id: 'r', type: 'officeDocument', target: 'xl/workbook.xml' }], relationshipBase),
    },
    { name: 'xl/workbook.xml', data: workbook },
    { name: 'xl/_rels/workbook.xml.rels', data: relationshipsXml(relationships, relationshipBase) },
    { name: 'xl/styles.xml', data: stylesXml(spec.formats ?? []) },
    { name: 'xl/sharedStrings.xml', data: stringsXml(spec.strings ?? '') },
    ...spec.sheets.map(({ xml }, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, data: xml })),
  ];
}

export function buildWorkbook(spec: WorkbookSpec, options: ZipOptions = {}): Buffer {
  return buildZip(workbookParts(spec), options);
}
