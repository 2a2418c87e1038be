import type { ReadCell } from './read-cells';

export const row = (cells: string, r = 1): string => `<row r="${r}">${cells}</row>`;
export const number = (text: string, attributes = ''): string => `<c r="A1"${attributes}><v>${text}</v></c>`;
export const inline = (text: string): string => `<c r="A1" t="inlineStr"><is><t>${text}</t></is></c>`;
export const text = (raw: string): string => `<c r="A1" t="str"><v>${raw}</v></c>`;
const formula = (f: string): string => `<c r="A1">${f}<v>1</v></c>`;

/** What comes in the usual shape, and the value of A1 (undefined: no cell). */
export const USUAL: [string, ReadCell[1] | undefined][] = [
  // references, styles and types in any order, and a blank before the end of an empty tag
  [number('1', ' s="0"'), 1],
  ['<c s="0" r="A1" t="n"><v>1</v></c>', 1],
  ['<c t="n" s="3"><v>1</v></c>', 1],
  ['<c r="A1"/>', undefined],
  ['<c r="A1" s="1" />', undefined],
  // formats 1 and 10 are dates, from 10 to below 20; seven digits are as many as a style may have
  [number('10', ' s="1"'), 'd:1900-01-10T00:00:00'],
  [number('9.5', ' s="1"'), 9.5],
  [number('19.5', ' s="10"'), 'd:1900-01-19T12:00:00'],
  [number('20', ' s="1"'), 20],
  [number('10', ' s="9"'), 10],
  [number('10', ' s="0"'), 10],
  [number('10', ' s="99"'), 10],
  [number('10', ' s="0000001"'), 'd:1900-01-10T00:00:00'],
  // the unknown format matters to numbers alone
  [number('0', ' s="2" t="s"'), 'Of_Id'],
  [number('1', ' s="2" t="b"'), true],
  [number('1', ' t="b"'), true],
  [number('0', ' t="b"'), false],
  [number('0', ' t="s"'), 'Of_Id'],
  [number('1', ' t="s"'), undefined],
  [number('02', ' t="s"'), 'éb'],
  [text('a > "b" é'), 'a > "b" é'],
  [text('a_b x_'), 'a_b x_'],
  // U+FF71 begins as the characters that XML has not, U+00BF goes on as they do
  [text('ｱ¿'), 'ｱ¿'],
  [text(''), undefined],
  [inline('a\n\tb ~'), 'a\n\tb ~'],
  [inline(''), undefined],
  [formula('<f>B1&gt;2</f>'), 1],
  [formula('<f t="shared" ref="A1:A9" si="0">B1</f>'), 1],
  [formula('<f t="shared" si="0"/>'), 1],
  [formula('<f/>'), 1],
  [formula('<f a="x > y">1/2</f>'), 1],
  [formula('<f a="/">1</f>'), 1],
  ['<c r="A1" t="str"><f>T(B1)</f><v>a</v></c>', 'a'],
];

/** Where it stops (¦): what another reader has to look at. */
export const STOPS: string[] = [
  // rows
  '¦<row><c r="A1"/></row>',
  '¦<row spans="1:2" r="1"/>',
  '¦<row r="0"/>',
  '¦<row r=""/>',
  '¦<row r="-1"/>',
  '¦<row r="1048577"/>',
  '¦<row r="99999999999999999999"/>',
  // what lies beside the digits: 1 and -1 would be 9, ten would be 10
  '¦<row r="1/"/>',
  '¦<row r=":"/>',
  '¦<row r="1" r="2"/>',
  '¦<row r="1" xmlns="u"/>',
  '¦<row r="1" xmlns:e="u"/>',
  '¦<row r="1" a=\'1\'/>',
  '¦<row r="1" a="<"/>',
  '¦<row r="1" / >',
  '¦<ro r="1"/>',
  '<row r="1"/>¦x<row r="2"/>',
  '<row r="1"/>¦</sheetData>',
  '<row r="1"/> \t\r\n¦<!-- -->',
  // tags and attributes of cells
  ...[
    '¦<c><v>1</v></c>',
    '¦<c ><v>1</v></c>',
    '¦<c\nr="A1"/>',
    '¦<c r="A1" ><v>1</v></c>',
    '¦<c r="A1"  s="1"/>',
    '¦<c r="A1"\ns="1"/>',
    '¦<c r="A1"s="1"/>',
    "¦<c r='A1'/>",
    '¦<c r ="A1"/>',
    '¦<c r="A1" cm="1"/>',
    '¦<c z="A1"/>',
    '¦<c r="A1" r="A1"/>',
    '¦<c s="0" s="0"/>',
    '¦<c t="n" t="n"/>',
    '¦<c r="A1"/ >',
    '¦<c r="A1"></c>',
    '¦<d r="A1"/>',
    '<c r="A1"/>¦<extLst/>',
    '<c r="A1"/>\n¦<!-- -->',
    // references
    '¦<c r="A2"/>',
    '¦<c r="A"/>',
    '¦<c r="1"/>',
    '¦<c r=""/>',
    '¦<c r="a1"/>',
    '¦<c r="$A$1"/>',
    '¦<c r="A1:B1"/>',
    '¦<c r="@1"/>',
    '¦<c r="[1"/>',
    '¦<c r="A@1"/>',
    '¦<c r="A[1"/>',
    '¦<c r="AA@1"/>',
    '¦<c r="AA[1"/>',
    '¦<c r="AAAA1"/>',
    '¦<c r="XFE1"/>',
    '<c r="XFD1"/>¦<c s="0"><v>1</v></c>',
    '<c r="XFD1"><v>1</v></c>¦<c s="0"/>',
    // styles and types
    '¦<c s=""/>',
    '¦<c s="-1"/>',
    '¦<c s="1/"/>',
    '¦<c s=":"/>',
    '¦<c s="00000001"/>',
    ...['', 'd', 'e', 'ss', 'nn', 'bb', 'st', 'sto', 'sxr', 'xtr', 'strx', 'inlinestr', 'inlineStrx', 'xnlineStr'].map(
      (type) => `¦<c r="A1" t="${type}"><v>1</v></c>`,
    ),
    // values
    ...['', '-', '.', '-.', ' 1', '1 ', '1,5', '1.2.3', '1e', '0x1', 'NaN', '1e999', 'abc', '1<!-- -->'].map(
      (value) => `¦${number(value)}`,
    ),
    ...['3', '-1', '-0', '1.0', '1.', '1e0', '+1', 'x', ' 1', ''].map((index) => `¦${number(index, ' t="s"')}`),
    ...['2', '-1', '-0', '01', '1.', '1.0', '0.0', '+1', '1e0', 'true', ' 1', ''].map(
      (value) => `¦${number(value, ' t="b"')}`,
    ),
    `¦${number('1', ' s="2"')}`,
    '¦<c r="A1"><v/></c>',
    '¦<c r="A1"><v></v></c>',
    '¦<c r="A1"><v>1</v ></c>',
    '¦<c r="A1"><v>1</v> </c>',
    '¦<c r="A1"><v>1</v><v>2</v></c>',
    '¦<c r="A1"> <v>1</v></c>',
    '¦<c r="A1"><is><t>a</t></is></c>',
    '¦<c r="A1" t="str"><v>a&/v></c>',
    // texts: references, escapes, line ends, what XML does not have, real U+FFFD and broken UTF-8
    ...['a&amp;b', '_x0041_', 'a\rb', 'a\u0001', '\ufffd', '\ufffe', '\uffff', 'a<!-- -->'].flatMap((raw) => [
      `¦${text(raw)}`,
      `¦${inline(raw)}`,
    ]),
    '¦<c r="A1" t="inlineStr"><is><t xml:space="preserve">a</t></is></c>',
    '¦<c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c>',
    '¦<c r="A1" t="inlineStr"><is><t>a</t></is><v>1</v></c>',
    '¦<c r="A1" t="inlineStr"><v>a</v></c>',
    // formulas
    `¦${formula('<fx/>')}`,
    `¦${formula('<f\n/>')}`,
    `¦${formula("<f a='>'>1</f>")}`,
    `¦${formula('<f xml:space="preserve">1</f>')}`,
    `¦${formula('<f a="<">1</f>')}`,
    `¦${formula('<f>1<!-- --></f>')}`,
    `¦${formula('<f>1</f >')}`,
    `¦${formula('<f>1</g>')}`,
    `¦${formula('<f>1</f></v>')}`,
    '¦<c r="A1"><f>1</f></c>',
    '¦<c r="A1"><f>1</f><f>2</f><v>1</v></c>',
  ].map((cells) => `<row r="1">${cells}</row>`),
];

/** Digits that could be read one too many or too few show in the rows 9 and 10 alone. */
export const STOPS_ELSEWHERE = ['<row r="9">¦<c r="A1/"/></row>', '<row r="10">¦<c r="A:"/></row>'];
