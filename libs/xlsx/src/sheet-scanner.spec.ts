import type { ReadCell } from './testing/read-cells';
import { outcomeOf } from './testing/take-rows';

/** What both scanners together and the general one alone make of these rows, which must be the same. */
function read(rows: string): ReadCell[] | string {
  const general = outcomeOf(rows, false);
  expect(outcomeOf(rows, true)).toEqual(general);
  return general;
}
const readCell = (cell: string): unknown => {
  const outcome = read(`<row>${cell}</row>`);
  return typeof outcome === 'string' ? outcome : outcome.map(([, value]) => value);
};

describe('elements', () => {
  it.each<[string, ReadCell[]]>([
    // each in the place of another: skipped with all that they hold
    ['<c><v>1</v></c><row><c><v>2</v></c></row>', [['A1', 2]]],
    ['<row><v>1</v><row><c><v>1</v></c></row><c><v>2</v></c></row>', [['A1', 2]]],
    ['<row><is><t>x</t></is><c><v>2</v></c></row>', [['A1', 2]]],
    ['<row><c><c><v>1</v></c><t>x</t><r><t>x</t></r><v>2</v></c></row>', [['A1', 2]]],
    ['<row><c><v>1<v>x</v>2</v></c></row>', [['A1', 12]]],
    ['<row><c t="str"><v>a<is><t>x</t></is>b</v></c></row>', [['A1', 'ab']]],
    ['<row><c t="inlineStr"><t>x</t><is><is><t>x</t></is><t>a</t></is></c></row>', [['A1', 'a']]],
    ['<row><c t="inlineStr"><is>x<r>x<r><t>x</t></r><t>a</t>x</r>x</is></c></row>', [['A1', 'a']]],
    ['<row><c t="inlineStr"><is><t>a<t>x</t>b</t></is></c></row>', [['A1', 'ab']]],
    ['<row>x<c>x<v>1</v>x</c>x</row>x<row><c><v>2</v></c></row>', [['A1', 1], ['A2', 2]]], // prettier-ignore
    ['<row><e><e><c><v>1</v></c></e><v>1</v></e><c><v>2</v></c></row>', [['A1', 2]]],
    ['<e><row><c><v>1</v></c></row></e><row><c><e><v>1</v></e><v>2</v></c></row>', [['A1', 2]]],
    // of another namespace
    ['<row xmlns="v"><c><v>1</v></c></row><row><c><v xmlns="v">1</v><v>2</v></c></row>', [['A1', 2]]],
    // behind the data, and data that come again
    ['</sheetData><row><c><v>1</v></c></row><sheetData><row><c><v>2</v></c></row>', [['A1', 2]]],
    ['</sheetData><ext><sheetData><row><c><v>1</v></c></row></sheetData></ext><sheetData>', []],
    ['</sheetData><cols><row><c><v>1</v></c></row></cols><sheetData>', []],
    ['<row><c><v>1</v></c></row></sheetData><sheetData><row><c><v>2</v></c></row>', [['A1', 1], ['A2', 2]]], // prettier-ignore
  ])('%s', (rows, cells) => {
    expect(read(rows)).toEqual(cells);
  });
});

describe('texts', () => {
  it.each<[string, unknown]>([
    ['<c t="inlineStr"><is><r><t>a</t><t>b</t></r><t>c</t><r><t>d</t></r></is></c>', ['abcd']],
    ['<c t="inlineStr"><is><r><rPr>x</rPr><t>a</t></r></is></c>', ['a']],
    ['<c t="inlineStr"><is><t>a</t></is><is><t>b</t></is></c>', ['b']],
    ['<c t="inlineStr"><is><t>a</t></is><is/></c>', []],
    ['<c t="inlineStr"><v>x</v><is><t>a</t></is></c>', ['a']],
    ['<c t="str"><is><t>a</t></is><v>x</v></c>', ['a']],
    ['<c t="inlineStr"><v>a</v></c>', ['a']],
    ['<c t="inlineStr"><is><t>a</t></is></c><c t="str"><v>b</v></c>', ['a', 'b']],
    ['<c t="str"><v>a</v></c><c t="str"/><c t="inlineStr"/>', ['a']],
    ['<c t="str"><v>a</v><v>b</v></c>', ['b']],
    ['<c t="str"><v>a</v><v/></c>', []],
    ['<c t="str"><v> a </v></c><c t="str"><v> </v></c>', [' a ', ' ']],
    ['<c t="str"><v>_x00<!-- -->41_</v></c>', ['A']],
    ['<c t="inlineStr"><is><t>_x00</t><t>41_</t></is></c>', ['_x0041_']],
    // of a kind that has no text of its own
    ['<c><is><t>5</t></is></c><c t="s"><is><t>0</t></is></c>', []],
  ])('%s', (cell, values) => {
    expect(readCell(cell)).toEqual(values);
  });
});

describe('values', () => {
  it.each<[string, unknown]>([
    ['<c><v> 5\n</v></c><c><v><![CDATA[6]]></v></c><c><v>7<!-- --></v></c><c><v>&#56;</v></c>', [5, 6, 7, 8]],
    ['<c><v>1</v><v>2</v></c>', [2]],
    ['<c><v>1</v><v></v></c><c><v>1</v><v> </v></c>', []],
    ['<c><v>1</v><v>x</v></c><c><v>x</v><v>2</v></c>', ['e:x', 2]],
    ['<c><v>1</v></c><c/><c><f>1</f></c><c><v>2</v></c>', [1, 2]],
    ['<c><v> x y </v></c><c><v>1e999</v></c>', ['e:x y', 'e:1e999']],
    // formats: 1 and 10 are dates from 10 to below 20
    ['<c s="1"><v>10</v></c><c s=" 10 "><v>19.5</v></c>', ['d:1900-01-10T00:00:00', 'd:1900-01-19T12:00:00']],
    ['<c s="1"><v>9</v></c><c s="1"><v>20</v></c><c s="1"><v> 10</v></c>', [9, 20, 'd:1900-01-10T00:00:00']],
    ['<c s="x"><v>10</v></c><c s="-1"><v>10</v></c><c s="1.5"><v>10</v></c><c s=""><v>10</v></c>', [10, 10, 10, 10]],
    ['<c s="1"/><c><v>10</v></c>', [10]],
    ['<c s="2" t="str"><v>a</v></c><c s="2" t="b"><v>1</v></c><c s="2"/>', ['a', true]],
    ['<c t="s"><v> 0\n</v></c><c t="s"><v> </v></c><c t="s"><v>02</v></c>', ['Of_Id', 'éb']],
    ['<c t="b"><v> 1 </v></c><c t="b"><v>false</v></c><c t="b"><v> true</v></c>', [true, false, true]],
    [
      '<c t="b"><v>TRUE</v></c><c t="b"><v> 01 </v></c><c t="b"><v>-0</v></c><c t="b"><v/></c>',
      ['e:TRUE', 'e:01', 'e:-0'],
    ],
    [
      '<c t="d"><v> 1900-01-02 </v></c><c t="d"><v>soon</v></c><c t="d"><v> </v></c>',
      ['d:1900-01-02T00:00:00', 'e:soon'],
    ],
    ['<c t="e"><v> #N/A </v></c><c t="e"><v> </v></c><c t="e"/>', ['e:#N/A']],
    ['<c t="n"><v>1</v></c>', [1]],
  ])('%s', (cell, values) => {
    expect(readCell(cell)).toEqual(values);
  });

  it.each([
    ['<c/><c t="x"><v>1</v></c>', 'XLSX_CORRUPT_XML: sheet S, cell B1'],
    ['<c/><c t=""><v>1</v></c>', 'XLSX_CORRUPT_XML: sheet S, cell B1'],
    ['<c/><c s="2"><v>1</v></c>', 'XLSX_MISSING_PART: sheet S, cell B1'],
    ['<c/><c s="2"><v> 1</v></c>', 'XLSX_MISSING_PART: sheet S, cell B1'],
    ...['3', '-1', '1.', '1.0', '1e0', '+1', 'x', '0 1', '99999999999'].map((index) => [
      `<c/><c t="s"><v>${index}</v></c>`,
      'XLSX_BAD_SHARED_STRING: sheet S, cell B1',
    ]),
  ])('%s is refused', (cell, refusal) => {
    expect(readCell(cell)).toBe(refusal);
  });
});

describe('references', () => {
  const cell = '<c><v>1</v></c>';

  it.each<[string, ReadCell[]]>([
    [`<row/>${'<row r="4"/>'}<row>${cell}</row>`, [['A5', 1]]],
    [`<row r=" 7 ">${cell}</row><row>${cell}</row>`, [['A7', 1], ['A8', 1]]], // prettier-ignore
    [`<row r="7">${cell}</row><row r="3"/><row>${cell}</row>`, [['A7', 1], ['A4', 1]]], // prettier-ignore
    ['<row r="2"><c r="b2"><v>1</v></c><c r="xFd2"><v>2</v></c></row>', [['B2', 1], ['XFD2', 2]]], // prettier-ignore
    // a cell that names another row begins it, also where the row it stands in has cells
    [`<row r="2">${cell}<c r="B9"><v>2</v></c>${cell}</row><row>${cell}</row>`, [['A2', 1], ['B9', 2], ['C9', 1], ['A10', 1]]], // prettier-ignore
    [`<row><c r="C5"/>${cell}</row><row>${cell}</row>`, [['D5', 1], ['A6', 1]]], // prettier-ignore
    ['<row r="10"><c r="A10"><v>1</v></c></row>', [['A10', 1]]],
    ['<row r="9"><c r="A9"><v>1</v></c></row>', [['A9', 1]]],
    ['<row><c r="XFD1048576"><v>1</v></c></row>', [['XFD1048576', 1]]],
    ['<row><c r="A1"><v>1</v></c><c r="A1"/><c r="A1"><v>2</v></c></row>', [['A1', 2]]],
  ])('%s', (rows, cells) => {
    expect(read(rows)).toEqual(cells);
  });

  it.each(['', 'x', '-1', '+1', '1.0', '1e3', '7x', 'x7', '1 1', '٣', '1/', ':'])('row %j is refused', (r) => {
    expect(read(`<row r="4"/><row r="${r}"/>`)).toBe('XLSX_BAD_REFERENCE: sheet S, after row 4');
  });

  it.each(['0', '1048577', '99999999999999999999'])('row %s is none that Excel has', (r) => {
    expect(read(`<row r="4"/><row r="${r}"/>`)).toBe('XLSX_BAD_REFERENCE: sheet S, row after 4');
  });

  it.each([
    ...['', 'A', '1', 'A0', 'XFE1', 'AAAA1', 'A1048577', 'A99999999999999999999', 'A1x', 'A 1', ' A1', 'A1 '],
    ...['$A$1', 'A-1', 'A1:B1', 'A1/', 'A:', '@1', '[1', '`1', '{1', 'A@1', 'A[1', 'Á1', '11'],
  ])('cell %j is refused', (r) => {
    expect(read(`<row r="10"><c r="${r}"><v>1</v></c></row>`)).toBe('XLSX_BAD_REFERENCE: sheet S, row 10');
  });

  it('behind the last column or row there is none', () => {
    expect(read(`<row><c r="XFD1"/>${cell}</row>`)).toBe('XLSX_BAD_REFERENCE: sheet S, row 1');
    expect(read('<row><c r="XFD1"/><c s="0"><v>1</v></c></row>')).toBe('XLSX_BAD_REFERENCE: sheet S, row 1');
    expect(read('<row r="1"><c r="XFD1"/><c s="0"/></row>')).toBe('XLSX_BAD_REFERENCE: sheet S, row 1');
    expect(read('<row r="1048576"/><row/>')).toBe('XLSX_BAD_REFERENCE: sheet S, row after 1048576');
  });
});
