import { foldName, SHEETS, sheetOf, type Entity } from './index';

describe('the definitions', () => {
  it.each(SHEETS)('of $sheet have headers that no spelling confuses', ({ columns }) => {
    const names = columns.flatMap(({ header, aliases = [] }) => [header, ...aliases].map(foldName));
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(SHEETS)('of $sheet take its key and interval from its own columns', ({ key, interval, columns }) => {
    const known = columns.map(({ column }) => column);
    expect(known).toEqual(expect.arrayContaining([...key, ...(interval ? [interval.from, interval.to] : [])]));
  });

  it('name each sheet and each entity once', () => {
    expect(new Set(SHEETS.map(({ sheet }) => foldName(sheet))).size).toBe(9);
    expect(new Set(SHEETS.map(({ entity }) => entity)).size).toBe(9);
  });

  it('are found by entity, and not for what is none', () => {
    for (const sheet of SHEETS) expect(sheetOf(sheet.entity)).toBe(sheet);
    expect(() => sheetOf('moldes' as Entity)).toThrow(RangeError);
  });
});
