import {
  contentTypesXml,
  customPropertiesPart,
  DATE_STYLE,
  packageRelationshipsXml,
  stylesXml,
  workbookRelationshipsXml,
  workbookXml,
} from './workbook-parts';

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** The root of a part, which must begin with XML's declaration and be well-formed. Only what these parts use is understood. */
function parse(xml: string): Element {
  const [declaration] = /^<\?xml version="1\.0" encoding="UTF-8" standalone="yes"\?>\n/.exec(xml)!;
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token = /<(\/?)([\w:]+)((?: [\w:]+="[^"<]*")*)(\/?)>|([^<>]+)/gy;
  token.lastIndex = declaration.length;
  while (token.lastIndex < xml.length) {
    const [, end, name, attributes, empty, text] = token.exec(xml)!;
    const inner = open[open.length - 1];
    if (text !== undefined) inner.text += text;
    else if (end) {
      const closed = open.pop()!;
      expect(closed.name).toBe(name);
      // Elements have others in them or a text, never both.
      if (closed.children.length > 0) expect(closed.text).toBe('');
    } else {
      const pairs = [...attributes.matchAll(/ ([\w:]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]);
      inner.children.push({ name, attributes: Object.fromEntries(pairs), children: [], text: '' });
      if (!empty) open.push(inner.children[inner.children.length - 1]);
    }
  }
  expect(open).toHaveLength(1);
  expect([root.children.length, root.text]).toEqual([1, '']);
  return root.children[0];
}

const child = (element: Element, name: string): Element => element.children.find((one) => one.name === name)!;

// Names of ECMA-376: Part 1, 12.3 and 15.2, and Part 2, annex E.
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATED = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGED = 'http://schemas.openxmlformats.org/package/2006/relationships';
const SHEET_ML = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const EXTRA = { name: 'a&b.xml', contentType: 'text/x<y', relationshipType: 'urn:"z"', xml: '<m/>' };

describe('the parts of a workbook', () => {
  it('declare a content type for every part', () => {
    const types = parse(contentTypesXml(2, [EXTRA]));
    expect(types).toMatchObject({
      name: 'Types',
      attributes: { xmlns: 'http://schemas.openxmlformats.org/package/2006/content-types' },
    });
    expect(types.children.map(({ name, attributes }) => [name, ...Object.values(attributes)])).toEqual([
      ['Default', 'rels', 'application/vnd.openxmlformats-package.relationships+xml'],
      ['Default', 'xml', 'application/xml'],
      ['Override', '/xl/workbook.xml', `${SHEET_ML}.sheet.main+xml`],
      ['Override', '/xl/worksheets/sheet1.xml', `${SHEET_ML}.worksheet+xml`],
      ['Override', '/xl/worksheets/sheet2.xml', `${SHEET_ML}.worksheet+xml`],
      ['Override', '/xl/styles.xml', `${SHEET_ML}.styles+xml`],
      ['Override', '/xl/sharedStrings.xml', `${SHEET_ML}.sharedStrings+xml`],
      ['Override', '/a&amp;b.xml', 'text/x&lt;y'],
    ]);
    const keys = types.children.map(({ attributes }) => Object.keys(attributes).join(' '));
    expect(new Set(keys)).toEqual(new Set(['Extension ContentType', 'PartName ContentType']));
  });

  it('are found from the package: the workbook, then what was added to it', () => {
    const { name, attributes, children } = parse(packageRelationshipsXml([EXTRA]));
    expect([name, attributes]).toEqual(['Relationships', { xmlns: PACKAGED }]);
    expect(children.map((one) => [one.name, one.attributes])).toEqual([
      ['Relationship', { Id: 'rId1', Type: `${RELATED}/officeDocument`, Target: 'xl/workbook.xml' }],
      ['Relationship', { Id: 'rId2', Type: 'urn:&quot;z&quot;', Target: 'a&amp;b.xml' }],
    ]);
  });

  it('are found from the workbook: each sheet by the id that it names, styles and shared texts', () => {
    const targets = new Map(
      parse(workbookRelationshipsXml(2)).children.map(({ attributes: { Id, Type, Target } }) => [Id, [Type, Target]]),
    );
    const workbook = parse(workbookXml(['Fases', 'Q&A'], false));
    expect([workbook.name, workbook.attributes]).toEqual(['workbook', { xmlns: MAIN, 'xmlns:r': RELATED }]);
    const sheets = child(workbook, 'sheets').children.map(({ attributes }) => attributes);
    expect(sheets.map(({ name, sheetId }) => [name, sheetId])).toEqual([
      ['Fases', '1'],
      ['Q&amp;A', '2'],
    ]);
    expect(sheets.map((sheet) => targets.get(sheet['r:id']))).toEqual([
      [`${RELATED}/worksheet`, 'worksheets/sheet1.xml'],
      [`${RELATED}/worksheet`, 'worksheets/sheet2.xml'],
    ]);
    expect([...targets.values()].slice(2)).toEqual([
      [`${RELATED}/styles`, 'styles.xml'],
      [`${RELATED}/sharedStrings`, 'sharedStrings.xml'],
    ]);
  });

  it('say which date system the serials are of', () => {
    const properties = (date1904: boolean): unknown =>
      child(parse(workbookXml(['S'], date1904)), 'workbookPr').attributes;
    expect(properties(false)).toEqual({});
    expect(properties(true)).toEqual({ date1904: '1' });
  });

  it('have two cell formats, of which one shows a date in the format given', () => {
    const styles = parse(stylesXml('dd"/"mm'));
    expect([styles.name, styles.attributes]).toEqual(['styleSheet', { xmlns: MAIN }]);
    // The order that the schema demands.
    const lists = ['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs', 'cellStyles'];
    expect(styles.children.map(({ name }) => name)).toEqual(lists);
    for (const list of styles.children) expect(list.attributes.count).toBe(String(list.children.length));
    const [format] = child(styles, 'numFmts').children;
    // Numbers below 164 are formats of Excel's own.
    expect(format.attributes).toEqual({ numFmtId: '164', formatCode: 'dd&quot;/&quot;mm' });
    const formats = child(styles, 'cellXfs').children.map(({ attributes }) => attributes);
    expect(formats).toHaveLength(2);
    const plain = { fontId: '0', fillId: '0', borderId: '0', xfId: '0' };
    expect(formats[0]).toEqual({ ...plain, numFmtId: '0' });
    expect(formats[DATE_STYLE]).toEqual({ ...plain, numFmtId: '164', applyNumberFormat: '1' });
    // The first two fills are Excel's, whatever stands there.
    expect(child(styles, 'fills').children.map((fill) => fill.children[0].attributes.patternType)).toEqual([
      'none',
      'gray125',
    ]);
    expect(child(styles, 'borders').children[0].children.map(({ name }) => name)).toEqual([
      ...['left', 'right', 'top', 'bottom', 'diagonal'],
    ]);
    expect(child(styles, 'cellStyles').children[0].attributes).toMatchObject({ xfId: '0', builtinId: '0' });
    expect(child(styles, 'cellStyleXfs').children[0].attributes).toMatchObject({ numFmtId: '0', fontId: '0' });
    expect(child(styles, 'fonts').children[0].children.map(({ name }) => name)).toEqual(['sz', 'name']);
  });

  it('hold properties that people see, numbered from 2 as the format wants them', () => {
    const part = customPropertiesPart({ 'a"b': 'x<y_x0041_', c: '2' });
    expect(part).toMatchObject({
      name: 'docProps/custom.xml',
      contentType: 'application/vnd.openxmlformats-officedocument.custom-properties+xml',
      relationshipType: `${RELATED}/custom-properties`,
    });
    const { name, attributes, children } = parse(part.xml);
    const office = 'http://schemas.openxmlformats.org/officeDocument/2006';
    expect([name, attributes]).toEqual([
      'Properties',
      { xmlns: `${office}/custom-properties`, 'xmlns:vt': `${office}/docPropsVTypes` },
    ]);
    expect(children.map((one) => [one.name, one.attributes.pid, one.attributes.name])).toEqual([
      ['property', '2', 'a&quot;b'],
      ['property', '3', 'c'],
    ]);
    for (const { attributes } of children) expect(attributes.fmtid).toBe('{D5CDD505-2E9C-101B-9397-08002B2CF9AE}');
    expect(children.map((one) => one.children.map((value) => [value.name, value.text]))).toEqual([
      [['vt:lpwstr', 'x&lt;y_x005F_x0041_']],
      [['vt:lpwstr', '2']],
    ]);
  });
});
