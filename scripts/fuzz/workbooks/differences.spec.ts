import type { ReadCell, ReadSheet } from '../../../libs/xlsx/src/testing/read-cells';
import { differencesOf, reasonOf, WHOLE_SHEET, type Difference } from './differences';

const sheet = (name: string, ...cells: ReadCell[]): ReadSheet => ({ name, state: 'visible', cells });

describe('what two readers read differently', () => {
  it('are cells of a sheet that both list', () => {
    const own = [sheet('A', ['A1', 1], ['B1', 'x'])];
    expect(differencesOf(own, own)).toEqual([]);
    expect(differencesOf(own, [sheet('A', ['A1', 2], ['B1', 'x'], ['C1', 3])])).toMatchObject([
      { sheet: 'A', address: 'A1', own: 1, theirs: 2 },
      { sheet: 'A', address: 'C1', own: undefined, theirs: 3 },
    ]);
  });

  it('is a sheet that is lost here, whether it has cells or not, for no known reason', () => {
    const lost = differencesOf(
      [sheet('A', ['A1', 1])],
      [sheet('A', ['A1', 1]), sheet('B', ['A1', 'e:#N/A']), sheet('C')],
    );
    expect(lost).toMatchObject([
      { sheet: 'B', address: WHOLE_SHEET },
      { sheet: 'C', address: WHOLE_SHEET },
    ]);
    expect(lost.map(reasonOf)).toEqual([undefined, undefined]);
  });

  it('is a sheet of which exceljs reads nothing, for a known reason', () => {
    const unread = differencesOf([sheet('A', ['A1', 1])], []);
    expect(unread).toHaveLength(1);
    expect(reasonOf(unread[0])).toContain('exceljs reads nothing');
  });
});

describe('a known reason', () => {
  const reason = (own: Difference['own'], theirs: Difference['theirs']): string | undefined =>
    reasonOf({ sheet: 'A', address: 'A1', own, theirs, isSheetUnread: false });

  it.each<[Difference['own'], Difference['theirs']]>([
    ['e:abc', NaN],
    ['e:soon', 'd:none'],
    ['e:-1e999', 'd:none'],
    ['e:1e999', undefined],
    ['e:2021-02-30', 2021],
    ["e:12345'78", 12345],
    ['e:441 7.5', 'd:1901-03-16T00:00:00'],
    ['e:1,5', 'd:1899-12-31T00:00:00'],
    ['e:.5', true],
    [undefined, NaN],
  ])('is there for %p beside %p: what exceljs makes of a text that is no number', (own, theirs) => {
    expect(reason(own, theirs)).toContain('a number cell without a number');
  });

  it.each<[Difference['own'], Difference['theirs']]>([
    // an error cell in the place of a number that stands there
    ['e:#N/A', 5],
    ['e:44', 45],
    ['e:44', 'd:2021-01-01T00:00:00'],
    ['e:44', undefined],
    ['e:44', 'd:none'],
    ['e:0', true],
    [7, NaN],
    // an index in the place of a text
    ['Of_Id', 0],
    // a lost error cell
    [undefined, 'e:#N/A'],
    // a date, and another number than it begins with
    ['d:2021-01-01T12:00:00', 5],
  ])('is none for %p beside %p', (own, theirs) => {
    expect(reason(own, theirs)).toBeUndefined();
  });

  it('is there for texts in the place of an error, and for ISO dates', () => {
    expect(reason(undefined, 'e: kayak')).toContain('an error cell');
    expect(reason('e:#N/A', 'e: #N/A ')).toContain('an error cell');
    expect(reason('d:2021-01-01T12:50:00', 2021)).toContain('an ISO date');
  });
});
