import * as fc from 'fast-check';
import { cellAddress, MAX_COLUMN, MAX_ROW } from './cell-types';
import type { ReadCell } from './testing/read-cells';
import { outcomeOf, takeRows } from './testing/take-rows';
import { Token } from './xml-scanner';

const row = (cells: string, r = 1): string => `<row r="${r}">${cells}</row>`;
const number = (text: string, attributes = ''): string => `<c r="A1"${attributes}><v>${text}</v></c>`;
const inline = (text: string): string => `<c r="A1" t="inlineStr"><is><t>${text}</t></is></c>`;
const text = (raw: string): string => `<c r="A1" t="str"><v>${raw}</v></c>`;
const formula = (f: string): string => `<c r="A1">${f}<v>1</v></c>`;

/** What comes in the usual shape, and the value of A1 (undefined: no cell). */
const USUAL: [string, ReadCell[1] | undefined][] = [
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
const STOPS: string[] = [
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
const STOPS_ELSEWHERE = ['<row r="9">¦<c r="A1/"/></row>', '<row r="10">¦<c r="A:"/></row>'];

describe('the fast path takes what comes in the usual shape', () => {
  it.each(USUAL)('%s', (cell, value) => {
    const { rest, isInRow, cells } = takeRows(row(cell));
    expect({ rest, isInRow, cells }).toEqual({
      rest: '',
      isInRow: false,
      cells: value === undefined ? [] : [['A1', value]],
    });
  });

  it.each([
    '<row r="7" spans="1:3" ht="15.75" x14ac:dyDescent="0.25">',
    '<row r="7" a="x>y">',
    '<row r="7" a="x/>y">',
    '<row r="7" a=" r=2">',
    '<row r="7" a=" xmlns" b="\'" c="/">',
    '<row r="7" rs="1" xl="1" ym="1">',
    '<row r="007" >',
  ])('rows with other attributes: %s', (tag) => {
    const { rest, cells } = takeRows(`${tag}<c s="0"><v>5</v></c></row><row r="8" a="1"/>\n`);
    expect({ rest, cells }).toEqual({ rest: '', cells: [['A7', 5]] });
  });

  it('every number as Number() reads it', () => {
    const digits = fc.stringMatching(/^[0-9]{0,24}$/);
    const written = fc
      .tuple(fc.constantFrom('', '-'), digits, fc.constantFrom('', '.'), digits, fc.constantFrom('', 'e5', 'E-12'))
      .filter(([, whole, point, decimals]) => whole !== '' || (point !== '' && decimals !== ''))
      .map((pieces) => pieces.join(''));
    const isRight = (value: string): void => {
      const { rest, cells } = takeRows(row(number(value)));
      expect([rest, cells]).toEqual(['', [['A1', Number(value)]]]);
    };
    fc.assert(fc.property(written, isRight));
    // 2^53 + 1 is the first whole number that is no double, and 10^22 the last power of ten that is one.
    const digits25 = String(2n ** 53n + 1n).padStart(25, '0');
    for (let at = 0; at < 25; at++) isRight(`${digits25.slice(0, at)}.${digits25.slice(at)}`);
    for (const zeros of [20, 21, 22, 23]) isRight(`0.${'0'.repeat(zeros)}1`);
  });

  it.each([1, 26, 27, 52, 53, 26 * 27, 26 * 27 + 1, MAX_COLUMN])('the reference of column %p', (column) => {
    for (const at of [1, 9, 10, 99, MAX_ROW]) {
      const { rest, cells } = takeRows(row(`<c r="${cellAddress(at, column)}"><v>1</v></c>`, at));
      expect([rest, cells]).toEqual(['', [[cellAddress(at, column), 1]]]);
    }
  });

  it('cells without r behind the one before, which may be empty', () => {
    const { rest, cells } = takeRows(row('<c r="C1"/><c s="0"><v>1</v></c><c s="1"/><c s="0"><v>2</v></c>'));
    expect([rest, cells]).toEqual(['', [['D1', 1], ['F1', 2]]]); // prettier-ignore
  });

  it('cells in any order: the later of two with one address stays, also across an empty one', () => {
    const cell = (column: string, value: number): string => `<c r="${column}1"><v>${value}</v></c>`;
    expect(takeRows(row(cell('B', 1) + cell('A', 2))).cells).toEqual([['A1', 2], ['B1', 1]]); // prettier-ignore
    expect(takeRows(row(cell('B', 1) + cell('B', 2))).cells).toEqual([['B1', 2]]);
    expect(takeRows(row(`${cell('B', 1)}<c r="A1"/>${cell('B', 2)}`)).cells).toEqual([['B1', 2]]);
  });

  it('texts with 0 in place of a number, and numbers with no text', () => {
    const { out } = takeRows(row('<c r="A1" t="s"><v>2</v></c><c r="B1"><v>5</v></c><c r="C1" t="str"><v>7</v></c>'));
    expect([...out.cellNumber.subarray(0, 3)]).toEqual([0, 5, 0]);
    expect(out.cellText.slice(0, 3)).toEqual(['éb', undefined, '7']);
  });
});

describe('the fast path leaves to the general scanner', () => {
  const stopOf = (marked: string): void => {
    const [before, after] = marked.split('¦');
    expect(takeRows(before + after).rest).toBe(after);
  };

  it.each([...STOPS, ...STOPS_ELSEWHERE])('what comes after ¦ in %s', stopOf);

  it('broken UTF-8', () => {
    for (const cell of [text('a?'), inline('a?')]) {
      expect(takeRows(Buffer.from(row(cell).replace('?', '\xff'), 'latin1')).rest).toMatch(/^<c r="A1"/);
    }
  });

  // Each piece is taken whole or not at all: what a window cuts off is read once the rest is there.
  const PIECES = [
    '<row r="1" spans="1:9">',
    '<c r="A1" s="1"><v>1.5</v></c>',
    '<c r="B1" t="s"><v>0</v></c>',
    '<c r="C1" t="b"><v>1</v></c>',
    '<c r="D1" t="n"><v>1e3</v></c>',
    '<c r="E1" t="str"><f a="1">~</f><v>~</v></c>',
    '<c r="F1" t="inlineStr"><is><t>~</t></is></c>',
    '<c r="G1"/>',
    '<c r="H1"><f>~</f><v>12</v></c>',
    '<c r="I1"><f t="shared" si="0"/><v>-1</v></c>',
    '</row>',
    ...['\n', '\r', '\t', ' '],
    '<row r="2"/>',
  ];
  const startOf = (piece: number): number => PIECES.slice(0, piece).join('').length;

  it('what the window cuts off', () => {
    const whole = PIECES.join('');
    for (let end = 0; end <= whole.length; end++) {
      const taken = Math.max(
        ...PIECES.map((_, i) => startOf(i))
          .concat(whole.length)
          .filter((start) => start <= end),
      );
      expect([end, takeRows(whole.slice(0, end)).rest]).toEqual([end, whole.slice(taken, end)]);
    }
  });

  it('each piece in which one byte is another', () => {
    PIECES.forEach((piece, i) => {
      // Attributes that do not matter, and texts, may be anything.
      const free = /(?<=<row r=".").*|(?<=<f )[^>]*/.exec(piece);
      for (let at = 0; at < piece.length; at++) {
        if (piece[at] === '~' || (free !== null && at >= free.index && at < free.index + free[0].length)) continue;
        const changed = `${piece.slice(0, at)}~${piece.slice(at + 1)}${PIECES.slice(i + 1).join('')}`;
        expect([piece, at, takeRows(PIECES.slice(0, i).join('') + changed).rest]).toEqual([piece, at, changed]);
      }
    });
  });

  it('a row that another reader opened and that declares a namespace, at its end', () => {
    const cells = '<c r="A1"><v>1</v></c>';
    expect(takeRows(`${cells}</row>`, { after: '<row r="1">' })).toMatchObject({ rest: '', isInRow: false });
    const declared = takeRows(`${cells}</row>`, { after: '<row r="1" xmlns:e="u">' });
    expect(declared).toMatchObject({ rest: '</row>', isInRow: true, cells: [['A1', 1]] });
  });

  it('rows that it has opened, as open', () => {
    const { xml, isInRow } = takeRows('<row r="1"><c r="A1"/><d/></row>');
    expect([isInRow, xml.depth]).toEqual([true, 3]);
    expect([xml.next(), xml.local, xml.next(), xml.next(), xml.local]).toEqual([
      Token.START,
      'd',
      Token.END,
      Token.END,
      'row',
    ]);
  });

  it('the rows after a full batch', () => {
    const rows = [1, 2, 3].map((r) => row(`<c r="A${r}"><v>1</v></c><c r="B${r}"><v>2</v></c>`, r));
    const { rest, isInRow } = takeRows(rows.join(''), { batchCells: 3 });
    expect([rest, isInRow]).toEqual([rows[2], false]);
  });

  it('a cell for which a row has no room', () => {
    // a batch of one cell has room for 1 + 16,384
    const cells = Array.from({ length: MAX_COLUMN + 2 }, () => '<c r="A1"><v>1</v></c>');
    expect(takeRows(`<row r="1">${cells.join('')}`, { batchCells: 1 }).rest).toBe(cells[0]);
  });
});

describe('the caps on texts', () => {
  const cells = [
    '<c s="0" t="s"><v>0</v></c>',
    '<c s="0" t="str"><v>Of_Id</v></c>',
    inline('Of_Id').replace('r="A1" ', ''),
  ];

  it.each(cells)('hold in %s', (cell) => {
    expect(takeRows(row(cell), { limits: { stringLength: 5 } }).rest).toBe('');
    expect(takeRows(row(cell), { limits: { stringLength: 4 } }).rest).toBe(`${cell}</row>`);
  });

  it('hold for the texts of a row together, and begin anew with each', () => {
    const rows = [1, 2].map((r) => row(cells.join(''), r)).join('');
    // three texts of five characters each
    const { rest, cells: taken } = takeRows(rows, { limits: { rowTextLength: 15 } });
    expect([rest, taken.length]).toEqual(['', 6]);
    expect(takeRows(rows, { limits: { rowTextLength: 14 } }).rest).toBe(rows.slice(rows.indexOf(cells[2])));
  });
});

describe('the fast path and the general scanner', () => {
  it('say the same of every shape above', () => {
    const shapes = [
      ...USUAL.map(([cell]) => row(cell)),
      ...[...STOPS, ...STOPS_ELSEWHERE].map((s) => s.replace('¦', '')),
    ];
    for (const shape of shapes) expect([shape, outcomeOf(shape, true)]).toEqual([shape, outcomeOf(shape, false)]);
  });

  it('say the same of leading zeros, however many', () => {
    const zeros = '0'.repeat(20);
    const xml = `<row r="${zeros}1"><c r="A${zeros}1" t="s"><v>${zeros}2</v></c></row>`;
    expect([outcomeOf(xml, true), outcomeOf(xml, false)]).toEqual([[['A1', 'éb']], [['A1', 'éb']]]);
  });

  it('say the same of damaged rows', () => {
    const sound =
      '<row r="1"><c r="A1" s="1"><v>15.5</v></c><c r="B1" t="s"><v>2</v></c><c r="C1" t="b"><v>1</v></c><c r="D1"/>' +
      '<c r="AA1" t="str"><f>B1</f><v>a b</v></c><c s="0" t="inlineStr"><is><t>é</t></is></c></row>\n<row r="10"></row>';
    const at = fc.nat({ max: sound.length - 1 });
    const other = fc.constantFrom(...'<>/="\' \n&019:@[_xrst.-e', '', '</c>', '<v>', '\ufffe');
    fc.assert(
      fc.property(at, other, (place, text) => {
        const damaged = sound.slice(0, place) + text + sound.slice(place + 1);
        expect([damaged, outcomeOf(damaged, true)]).toEqual([damaged, outcomeOf(damaged, false)]);
      }),
      { numRuns: 200 },
    );
  });
});
