import * as fc from 'fast-check';
import { cellAddress, MAX_COLUMN, MAX_ROW } from './cell-types';
import { inline, number, row, STOPS, STOPS_ELSEWHERE, text, USUAL } from './testing/row-shapes';
import { outcomeOf, takeRows } from './testing/take-rows';
import { Token } from './xml-scanner';

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

  it.each([1, 26, 27, 52, 53, 26 * 27, 26 * 27 + 1, 28 * 26, MAX_COLUMN])('the reference of column %p', (column) => {
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
