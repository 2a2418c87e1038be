import { escapeAttribute, escapeText } from './xml-text';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE_RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE_RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const SPREADSHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The style number of a date cell; style 0 is the general one. */
export const DATE_STYLE = 1;

/** A part beside the workbook's own, such as document properties, named from the package's root and related to it. */
export interface ExtraPart {
  name: string;
  contentType: string;
  relationshipType: string;
  xml: string;
}

/** Name of the part of a sheet. @param index from 0 */
export function sheetPartName(index: number): string {
  return `xl/worksheets/sheet${index + 1}.xml`;
}

/** The part `[Content_Types].xml`, which declares every part. */
export function contentTypesXml(sheetCount: number, extra: readonly ExtraPart[]): string {
  const overrides = [
    override('xl/workbook.xml', `${SPREADSHEET_TYPE}.sheet.main+xml`),
    ...Array.from({ length: sheetCount }, (_, index) =>
      override(sheetPartName(index), `${SPREADSHEET_TYPE}.worksheet+xml`),
    ),
    override('xl/styles.xml', `${SPREADSHEET_TYPE}.styles+xml`),
    override('xl/sharedStrings.xml', `${SPREADSHEET_TYPE}.sharedStrings+xml`),
    ...extra.map((part) => override(part.name, part.contentType)),
  ];
  return (
    `${DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
  );
}

function override(name: string, type: string): string {
  return `<Override PartName="/${escapeAttribute(name)}" ContentType="${escapeAttribute(type)}"/>`;
}

/** The part `_rels/.rels`, from which the workbook and the extra parts are found. */
export function packageRelationshipsXml(extra: readonly ExtraPart[]): string {
  return relationships([
    { type: `${OFFICE_RELATIONSHIPS}/officeDocument`, target: 'xl/workbook.xml' },
    ...extra.map((part) => ({ type: part.relationshipType, target: part.name })),
  ]);
}

/** The part `xl/_rels/workbook.xml.rels`: the sheets as rId1, rId2, …, then styles and shared strings. */
export function workbookRelationshipsXml(sheetCount: number): string {
  return relationships([
    ...Array.from({ length: sheetCount }, (_, index) => ({
      type: `${OFFICE_RELATIONSHIPS}/worksheet`,
      target: `worksheets/sheet${index + 1}.xml`,
    })),
    { type: `${OFFICE_RELATIONSHIPS}/styles`, target: 'styles.xml' },
    { type: `${OFFICE_RELATIONSHIPS}/sharedStrings`, target: 'sharedStrings.xml' },
  ]);
}

function relationships(list: readonly { type: string; target: string }[]): string {
  const items = list.map(
    ({ type, target }, index) =>
      `<Relationship Id="rId${index + 1}" Type="${escapeAttribute(type)}" Target="${escapeAttribute(target)}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE_RELATIONSHIPS}">${items.join('')}</Relationships>`;
}

/** The part `xl/workbook.xml`: the sheets in their order, and the date system. */
export function workbookXml(sheetNames: readonly string[], date1904: boolean): string {
  const sheets = sheetNames.map(
    (name, index) => `<sheet name="${escapeAttribute(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return (
    `${DECLARATION}<workbook xmlns="${SPREADSHEET}" xmlns:r="${OFFICE_RELATIONSHIPS}">` +
    `<workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${sheets.join('')}</sheets></workbook>`
  );
}

/** The part `xl/styles.xml`: cell format 0 shows what is written, 1 shows a date in this number format. */
export function stylesXml(dateFormat: string): string {
  return (
    `${DECLARATION}<styleSheet xmlns="${SPREADSHEET}">` +
    `<numFmts count="1"><numFmt numFmtId="164" formatCode="${escapeAttribute(dateFormat)}"/></numFmts>` +
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>' +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}

/** `docProps/custom.xml`: properties that Excel and LibreOffice show to people and keep when they save the workbook anew. */
export function customPropertiesPart(properties: Readonly<Record<string, string>>): ExtraPart {
  const items = Object.entries(properties).map(
    ([name, value], index) =>
      `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${index + 2}" name="${escapeAttribute(name)}">` +
      `<vt:lpwstr>${escapeText(value)}</vt:lpwstr></property>`,
  );
  return {
    name: 'docProps/custom.xml',
    contentType: 'application/vnd.openxmlformats-officedocument.custom-properties+xml',
    relationshipType: `${OFFICE_RELATIONSHIPS}/custom-properties`,
    xml:
      `${DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" ` +
      `xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">${items.join('')}</Properties>`,
  };
}
