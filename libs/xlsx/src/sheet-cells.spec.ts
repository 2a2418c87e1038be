import { buildWorkbook, escapeXml, sheetXml, type WorkbookSpec } from './testing/workbook-builder';
import { readBytes, refusalOf, type ReadCell } from './testing/read-cells';
import { EXPECTED, ROWS, XML_FORMS } from './testing/xml-forms';

const STRINGS = '<si><t>zero</t></si><si><t>one</t></si>';

const read = async (xml: string | Buffer, spec: Partial<WorkbookSpec> = {}): Promise<ReadCell[]> =>
  (await readBytes(buildWorkbook({ sheets: [{ xml }], strings: STRINGS, ...spec })))[0].cells;
const readRow = (cells: string, spec: Partial<WorkbookSpec> = {}): Promise<ReadCell[]> =>
  read(sheetXml(`<row r="1">${cells}</row>`), spec);
const refuse = async (xml: string | Buffer, spec: Partial<WorkbookSpec> = {}): Promise<string> =>
  (await refusalOf(buildWorkbook({ sheets: [{ xml }], strings: STRINGS, ...spec }))).code;

describe('cell types', () => {
  it('reads numbers, 0 included, by value', async () => {
    const cells = await readRow(
      '<c r="A1"><v>0</v></c><c r="B1"><v>-1.50</v></c><c r="C1" t="n"><v>1E3</v></c><c r="D1"><v>44240.560416666667</v></c>' +
        '<c r="E1"><v> 7 </v></c><c r="F1"><v>9007199254740993</v></c><c r="G1"><v>0.1</v></c><c r="H1"><v>.5</v></c>',
    );
    expect(cells).toEqual([
      ['A1', 0],
      ['B1', -1.5],
      ['C1', 1000],
      ['D1', 44240.560416666667],
      ['E1', 7],
      // 2^53 + 1 is no double: Number() gives 2^53, and so must the byte loop
      ['F1', 9007199254740992],
      ['G1', 0.1],
      ['H1', 0.5],
    ]);
  });

  it('hands out a value that its own type cannot hold as an error cell with the text as stored', async () => {
    const cells = await readRow(
      '<c r="A1"><v>abc</v></c><c r="B1"><v>1e999</v></c><c r="C1" t="b"><v>2</v></c><c r="D1" t="d"><v>soon</v></c>' +
        '<c r="E1"><v>1,5</v></c><c r="F1"><v>0x10</v></c>',
    );
    expect(cells).toEqual([
      ['A1', 'e:abc'],
      ['B1', 'e:1e999'],
      ['C1', 'e:2'],
      ['D1', 'e:soon'],
      ['E1', 'e:1,5'],
      ['F1', 'e:0x10'],
    ]);
  });

  it('reads booleans', async () => {
    const cells = await readRow(
      '<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="b"><v>true</v></c>',
    );
    expect(cells).toEqual([
      ['A1', true],
      ['B1', false],
      ['C1', true],
    ]);
  });

  it('reads error cells with their code', async () => {
    expect(await readRow('<c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>')).toEqual([
      ['A1', 'e:#N/A'],
      ['B1', 'e:#DIV/0!'],
    ]);
  });

  it('reads ISO dates of type d as dates, whatever their format', async () => {
    const cells = await readRow('<c r="A1" t="d"><v>2021-01-01T10:10:10</v></c><c r="B1" t="d"><v>2021-01-02</v></c>');
    expect(cells).toEqual([
      ['A1', 'd:2021-01-01T10:10:10'],
      ['B1', 'd:2021-01-02T00:00:00'],
    ]);
  });

  it('reads the cached value of a formula, and a formula without one as empty', async () => {
    const cells = await readRow(
      '<c r="A1"><f>B1*2</f><v>4</v></c><c r="B1"><f>NOW()</f></c><c r="C1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>' +
        '<c r="D1"><f t="shared" ref="D1:D3" si="0">A1+1</f><v>5</v></c><c r="E1"><f t="shared" si="0"/><v>6</v></c>' +
        '<c r="F1" t="str"><f>T("")</f><v></v></c><c r="G1"><f>A1&gt;1</f><v></v></c>',
    );
    expect(cells).toEqual([
      ['A1', 4],
      ['C1', 'ab'],
      ['D1', 5],
      ['E1', 6],
    ]);
  });

  it('hands out no empty cells: none without value, none with an empty text', async () => {
    const cells = await readRow(
      '<c r="A1" s="1"/><c r="B1"></c><c r="C1"><v/></c><c r="D1"><v></v></c><c r="E1" t="s"><v>0</v></c>' +
        '<c r="F1" t="inlineStr"><is><t></t></is></c><c r="G1" t="s"/><c r="H1" t="b"><v></v></c><c r="I1" t="e"><v/></c>',
      { strings: '<si><t/></si>' },
    );
    expect(cells).toEqual([]);
  });

  it('keeps the later of two values in one cell', async () => {
    const cells = await readRow(
      '<c r="A1"><v>1</v><v>2</v></c><c r="B1"><v>1</v><v>x</v></c><c r="C1"><v>x</v><v>3</v></c>',
    );
    expect(cells).toEqual([
      ['A1', 2],
      ['B1', 'e:x'],
      ['C1', 3],
    ]);
  });

  it('refuses a cell type that does not exist', async () => {
    expect(await refuse(sheetXml('<row r="1"><c r="A1" t="z"><v>1</v></c></row>'))).toBe('XLSX_CORRUPT_XML');
  });

  it.each([['2'], ['-1'], ['1.0'], ['1e0'], ['x'], ['99999999999']])('refuses shared string %s of 2', async (index) => {
    const bytes = buildWorkbook({
      sheets: [{ name: 'Fases', xml: sheetXml(`<row r="7"><c r="C7" t="s"><v>${index}</v></c></row>`) }],
      strings: STRINGS,
    });
    expect(await refusalOf(bytes)).toMatchObject({ code: 'XLSX_BAD_SHARED_STRING', place: 'sheet Fases, cell C7' });
  });
});

describe('dates by number format', () => {
  const formats = ['yyyy-mm-dd', '0.00', 22, 14, '[h]:mm', '"d"0', 2];
  const cell = (style: number, value: string): string => `<c s="${style}"><v>${value}</v></c>`;

  it('follows the format of the cell, and only numbers can be dates', async () => {
    const cells = await readRow(
      formats.map((_, i) => cell(i + 1, '44197.5')).join('') +
        '<c s="1" t="str"><v>44197</v></c><c s="1" t="b"><v>1</v></c><c s="99"><v>44197</v></c><c s=""><v>44197</v></c>',
      { formats },
    );
    const date = 'd:2021-01-01T12:00:00';
    const values = cells.map(([, value]) => value);
    expect(values).toEqual([date, 44197.5, date, date, date, 44197.5, 44197.5, '44197', true, 44197, 44197]);
  });

  it('counts from 1904 where the workbook says so', async () => {
    expect(await readRow(cell(1, '42735') + cell(1, '0'), { formats, date1904: true })).toEqual([
      ['A1', 'd:2021-01-01T00:00:00'],
      ['B1', 'd:1904-01-01T00:00:00'],
    ]);
  });

  it('reads serials around and below the epoch, and those outside the years 1 to 9999 as numbers', async () => {
    const cells = await readRow(
      ['1', '0', '-1', '60', '2958465', '2958466', '-693594', '-693595'].map((v) => cell(1, v)).join(''),
      {
        formats,
      },
    );
    expect(cells.map(([, value]) => value)).toEqual([
      'd:1900-01-01T00:00:00',
      'd:1899-12-31T00:00:00',
      'd:1899-12-30T00:00:00',
      'd:1900-02-28T00:00:00',
      'd:9999-12-31T00:00:00',
      2958466,
      'd:0001-01-01T00:00:00',
      -693595,
    ]);
  });
});

describe('texts', () => {
  const inline = (is: string): string => `<c t="inlineStr"><is>${is}</is></c>`;
  const values = async (cells: string, spec: Partial<WorkbookSpec> = {}): Promise<unknown[]> =>
    (await readRow(cells, spec)).map(([, value]) => value);

  it('joins the runs of rich text and leaves phonetic runs out, inline and shared', async () => {
    const rich =
      '<r><rPr><b/><sz val="11"/></rPr><t>Gel</t></r><r><t xml:space="preserve"> coat</t></r>' +
      '<rPh sb="0" eb="1"><t>ジェル</t></rPh><phoneticPr fontId="1"/>';
    expect(
      await values(`${inline(rich)}<c t="s"><v>0</v></c><c t="s"><v>1</v></c>`, {
        strings: `<si>${rich}</si><si><t>漢字</t><rPh sb="0" eb="2"><t>かんじ</t></rPh></si>`,
      }),
    ).toEqual(['Gel coat', 'Gel coat', '漢字']);
  });

  it('keeps white space, with and without xml:space', async () => {
    expect(
      await values(inline('<t>  a </t>') + inline('<t xml:space="preserve">\n b\t</t>') + inline('<t> </t>')),
    ).toEqual(['  a ', '\n b\t', ' ']);
  });

  it('resolves references and Excel escapes, once', async () => {
    const texts = [
      'a&amp;b&lt;&gt;&quot;&apos;',
      '&#65;&#x42;&#x1F600;',
      'x_x000D_\ny',
      '_x005F_x000D_',
      '_x00e9_',
      '_xZZZZ_ _x12_',
    ];
    const expected = ['a&b<>"\'', 'AB😀', 'x\r\ny', '_x000D_', 'é', '_xZZZZ_ _x12_'];
    expect(await values(texts.map((text) => inline(`<t>${text}</t>`)).join(''))).toEqual(expected);
    const strings = texts.map((text) => `<si><t>${text}</t></si>`).join('');
    expect(await values(texts.map((_, i) => `<c t="s"><v>${i}</v></c>`).join(''), { strings })).toEqual(expected);
    expect(await values(texts.map((text) => `<c t="str"><v>${text}</v></c>`).join(''))).toEqual(expected);
  });

  it('reads a line end as XML does: a literal \\r\\n is \\n, a reference stays', async () => {
    expect(await values(inline('<t>a\r\nb\rc</t>') + inline('<t>a&#13;&#10;b</t>'))).toEqual(['a\nb\nc', 'a\r\nb']);
  });

  it('reads CDATA, and text cut by comments and processing instructions', async () => {
    expect(
      await values(
        inline('<t><![CDATA[<a> & ]]]]><![CDATA[>]]>b</t>') +
          inline('<t>a<!-- x --><?pi y?>b</t>') +
          '<c><v>1<!-- 2 -->3</v></c>',
      ),
    ).toEqual(['<a> & ]]>b', 'ab', 13]);
  });

  it('takes the value of an inlineStr cell that has no <is>', async () => {
    expect(await values('<c t="inlineStr"><v>1.</v></c>')).toEqual(['1.']);
  });

  it('reads a sheet of real U+FFFD characters, which are no broken UTF-8', async () => {
    expect(
      await values(inline('<t>\ufffd</t>') + '<c t="s"><v>0</v></c>', { strings: '<si><t>a\ufffd</t></si>' }),
    ).toEqual(['\ufffd', 'a\ufffd']);
  });

  it.each([
    ['an undeclared entity', '&nbsp;'],
    ['a reference without end', 'a & b'],
    ['a reference to a character XML does not have', '&#0;'],
    ['a reference to a lone surrogate', '&#xD800;'],
    ['a control character', '\u0001'],
  ])('refuses %s', async (_, text) => {
    expect(await refuse(sheetXml(`<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`))).toBe(
      'XLSX_CORRUPT_XML',
    );
    expect(
      await refuse(sheetXml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), { strings: `<si><t>${text}</t></si>` }),
    ).toBe('XLSX_CORRUPT_XML');
  });

  it('refuses broken UTF-8, inline and shared', async () => {
    const broken = (xml: string): Buffer => Buffer.from(xml.replace('?', '\xff'), 'latin1');
    expect(await refuse(broken(sheetXml('<row r="1"><c r="A1" t="inlineStr"><is><t>a?</t></is></c></row>')))).toBe(
      'XLSX_CORRUPT_XML',
    );
  });
});

describe('rows and references', () => {
  it('counts rows and cells without r on from the ones before them', async () => {
    const xml = sheetXml(
      '<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c r="C4"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>',
    );
    expect(await read(xml)).toEqual([
      ['A1', 1],
      ['B1', 2],
      ['C4', 3],
      ['D4', 4],
      ['A5', 5],
    ]);
  });

  it('counts empty rows and cells in between', async () => {
    expect(await read(sheetXml('<row/><row r="3"/><row><c/><c s="1"/><c><v>1</v></c></row>'))).toEqual([['C4', 1]]);
  });

  it('believes a cell that names another row than the one it stands in', async () => {
    expect(await read(sheetXml('<row><c r="B7"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>'))).toEqual([
      ['B7', 1],
      ['C7', 2],
      ['A8', 3],
    ]);
    expect(await read(sheetXml('<row r="2"><c r="A2"><v>1</v></c><c r="A9"><v>2</v></c></row>'))).toEqual([
      ['A2', 1],
      ['A9', 2],
    ]);
  });

  it('puts the cells of a row in order, and keeps the later of two with one address', async () => {
    const cells =
      '<c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c r="B1" t="s"><v>1</v></c><c r="A1" t="b"><v>1</v></c>';
    expect(await readRow(cells)).toEqual([
      ['A1', true],
      ['B1', 'one'],
      ['C1', 3],
    ]);
  });

  it('hands out rows that go backwards or come twice where they stand, with their number', async () => {
    const row = (r: number, value: number): string => `<row r="${r}"><c r="A${r}"><v>${value}</v></c></row>`;
    expect(await read(sheetXml(row(5, 1) + row(2, 2) + row(5, 3)))).toEqual([
      ['A5', 1],
      ['A2', 2],
      ['A5', 3],
    ]);
  });

  it('reads the last row and column that Excel has', async () => {
    expect(await read(sheetXml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))).toEqual([['XFD1048576', 1]]);
  });

  it.each([
    ['<row r="1048577"><c><v>1</v></c></row>'],
    ['<row r="0"><c><v>1</v></c></row>'],
    ['<row r="-1"/>'],
    ['<row r="x"/>'],
    ['<row r=""/>'],
    ['<row r="1e3"/>'],
    ['<row r="1"><c r="XFE1"><v>1</v></c></row>'],
    ['<row r="1"><c r="AAAA1"><v>1</v></c></row>'],
    ['<row r="1"><c r="A0"><v>1</v></c></row>'],
    ['<row r="1"><c r="1"><v>1</v></c></row>'],
    ['<row r="1"><c r="A"><v>1</v></c></row>'],
    ['<row r="1"><c r=""><v>1</v></c></row>'],
    ['<row r="1"><c r="A1048577"><v>1</v></c></row>'],
    ['<row r="1048576"/><row><c><v>1</v></c></row>'],
    ['<row r="1"><c r="XFD1"/><c><v>1</v></c></row>'],
  ])('refuses the reference in %s', async (rows) => {
    expect(await refuse(sheetXml(rows))).toBe('XLSX_BAD_REFERENCE');
  });

  it('leaves phantom rows and cells out', async () => {
    const phantom = Array.from(
      { length: 500 },
      (_, i) => `<row r="${i + 2}" s="1" customFormat="1"><c r="A${i + 2}" s="1"/></row>`,
    );
    expect(await read(sheetXml(`<row r="1"><c r="A1"><v>1</v></c></row>${phantom.join('')}`))).toEqual([['A1', 1]]);
  });
});

describe('XML as writers write it', () => {
  it.each(XML_FORMS)('is read right %s', async (_, xml) => {
    expect(await read(xml)).toEqual(EXPECTED);
  });

  it.each([
    ['utf-16le', true],
    ['utf-16be', true],
    ['utf-16le', false],
    ['utf-16be', false],
  ])('reads %s (byte order mark: %p)', async (encoding, hasMark) => {
    const text = `${hasMark ? '\ufeff' : ''}<?xml version="1.0" encoding="UTF-16"?>${sheetXml(ROWS).replace('>x<', '>é漢😀<')}`;
    const bytes = Buffer.from(text, 'utf16le');
    const cells = await read(encoding === 'utf-16le' ? bytes : bytes.swap16());
    expect(cells.at(-1)).toEqual(['A2', 'é漢😀']);
  });

  it.each([
    ['a tag that is not closed', sheetXml(ROWS).replace('</row>', ''), 'XLSX_CORRUPT_XML'],
    ['tags that cross', sheetXml('<row r="1"><c r="A1"><v>1</c></v></row>'), 'XLSX_CORRUPT_XML'],
    ['an end that is missing', sheetXml(ROWS).slice(0, -5), 'XLSX_CORRUPT_XML'],
    ['a cut inside a cell', sheetXml(ROWS).slice(0, 160), 'XLSX_CORRUPT_XML'],
    ['an attribute twice', sheetXml('<row r="1"><c r="A1" r="A1"><v>1</v></c></row>'), 'XLSX_CORRUPT_XML'],
    ['an attribute without quotes', sheetXml('<row r=1/>'), 'XLSX_CORRUPT_XML'],
    ['a second root', sheetXml(ROWS) + sheetXml(ROWS), 'XLSX_CORRUPT_XML'],
    ['text before the root', `x${sheetXml(ROWS)}`, 'XLSX_CORRUPT_XML'],
    ['an undeclared prefix', sheetXml('<q:row r="1"/>'), 'XLSX_CORRUPT_XML'],
    ['another root', sheetXml(ROWS).replaceAll('worksheet', 'workbook'), 'XLSX_CORRUPT_XML'],
    ['nothing at all', '', 'XLSX_CORRUPT_XML'],
    ['a part of blanks', '   ', 'XLSX_CORRUPT_XML'],
    [
      'an encoding that is not Unicode',
      `<?xml version="1.0" encoding="ISO-8859-1"?>${sheetXml(ROWS)}`,
      'XLSX_UNSUPPORTED_ENCODING',
    ],
    ['broken UTF-16', Buffer.from([0xff, 0xfe, 0x3c, 0x00, 0x00, 0xd8, 0x3c, 0x00]), 'XLSX_CORRUPT_XML'],
  ])('refuses %s', async (_, xml, code) => {
    expect(await refuse(xml)).toBe(code);
  });

  it('unescapes the sheet name and keeps the states of sheets', async () => {
    const xml = sheetXml('');
    const sheets = await readBytes(
      buildWorkbook({
        sheets: [
          { name: 'A & B <"ç">', xml },
          { name: 'h', state: 'hidden', xml },
          { name: 'v', state: 'veryHidden', xml },
          { name: 's', state: 'show', xml },
        ],
      }),
    );
    expect(sheets.map(({ name, state }) => [name, state])).toEqual([
      ['A & B <"ç">', 'visible'],
      ['h', 'hidden'],
      ['v', 'veryHidden'],
      ['s', 'visible'],
    ]);
    expect(escapeXml('<')).toBe('&#60;');
  });
});
