import type { Cell, Row } from '@libs/xlsx-writer';
import { RowSink, type SinkSettings } from './row-sink';
import { AccountKeeper, type RejectReason } from './sample-account';
import { DEFAULT_FAULTS, resolveOptions, type FaultName, type FaultRates } from './sample-options';
import { SHEET_HEADERS } from './sheet-headers';

interface Written {
  name: string;
  rows: Row[];
}

/** A sink of Fases rows, what is written through it, and its account. */
function sinkOf(
  baseRows: number,
  faults: Partial<FaultRates> = {},
  more: Partial<SinkSettings> & { rowsPerSheet?: number } = {},
): { sink: RowSink; sheets: Written[]; account: AccountKeeper } {
  const sheets: Written[] = [];
  const account = new AccountKeeper(Object.keys(DEFAULT_FAULTS) as FaultName[]);
  const sink = new RowSink({
    writer: {
      addPart: () => undefined,
      addSheet: async (name) => {
        const rows: Row[] = [];
        sheets.push({ name, rows });
        // A turn later, as a stream that is behind.
        await new Promise(setImmediate);
        return { writeRow: (row) => void rows.push(row) };
      },
    },
    options: resolveOptions({ scale: 1, seed: 7, faults, rowsPerSheet: more.rowsPerSheet }),
    account,
    sheet: 'OrdensFabrico',
    baseRows,
    ...more,
  });
  return { sink, sheets, account };
}

async function fill(sink: RowSink, rows: number, reject?: (row: number) => RejectReason | undefined): Promise<number> {
  for (let row = 0; row < rows; row++) await sink.add([row, 'x'], reject?.(row));
  return sink.close();
}

const HEADER = SHEET_HEADERS.OrdensFabrico;

describe('RowSink', () => {
  it('goes on in a sheet of the next number once one is full, each with the header', async () => {
    const { sink, sheets, account } = sinkOf(5, {}, { rowsPerSheet: 2 });
    expect(await fill(sink, 5)).toBe(5);
    expect(sheets).toEqual([
      { name: 'OrdensFabrico', rows: [HEADER, [0, 'x'], [1, 'x']] },
      { name: 'OrdensFabrico (2)', rows: [HEADER, [2, 'x'], [3, 'x']] },
      { name: 'OrdensFabrico (3)', rows: [HEADER, [4, 'x']] },
    ]);
    expect(account.sheet('OrdensFabrico')).toEqual({ sheet: 'OrdensFabrico', rows: 5, duplicates: 0, quarantined: 0 });
  });

  it('begins no sheet for rows that do not come, but has one with its header where none comes at all', async () => {
    const full = sinkOf(4, {}, { rowsPerSheet: 2 });
    await fill(full.sink, 4);
    expect(full.sheets).toHaveLength(2);
    const empty = sinkOf(0);
    expect(await empty.sink.close()).toBe(0);
    expect(empty.sheets).toEqual([{ name: 'OrdensFabrico', rows: [HEADER] }]);
  });

  it('repeats as many rows as it was asked for, each 500 rows later or at the end, and counts them', async () => {
    const { sink, sheets, account } = sinkOf(1000, { identicalDuplicates: 0.05 });
    expect(await fill(sink, 1000)).toBe(1050);
    const ids = sheets[0].rows.slice(1).map(([id]) => id as number);
    const places = (id: number): number[] => ids.flatMap((one, place) => (one === id ? [place] : []));
    const repeated = [...new Set(ids)].filter((id) => places(id).length === 2);
    expect(repeated).toHaveLength(50);
    for (const id of repeated) {
      // Between the two come the rows after it, up to the 500th of them, and repetitions of earlier ones.
      const between = ids.slice(places(id)[0] + 1, places(id)[1]);
      const fresh = between
        .filter((one) => places(one)[0] > places(id)[0])
        .filter((one, i, all) => all.indexOf(one) === i);
      expect(fresh).toHaveLength(Math.min(500, 999 - id));
    }
    expect(account.sheet('OrdensFabrico')).toMatchObject({ rows: 1050, duplicates: 50, quarantined: 0 });
    expect(account.faults).toMatchObject({ identicalDuplicates: 50, conflictingDuplicates: 0 });
  });

  it('repeats rows with another value where that makes sense, none of them twice', async () => {
    const contradict = (row: readonly Cell[]): Cell[] => [row[0], 'y'];
    const { sink, sheets, account } = sinkOf(
      100,
      { identicalDuplicates: 0.3, conflictingDuplicates: 0.9 },
      { contradict },
    );
    // 30 and 90 of 100 rows: 70 remain for the contradictions.
    expect(await fill(sink, 100)).toBe(200);
    const rows = sheets[0].rows.slice(1);
    expect(rows.filter(([, text]) => text === 'y')).toHaveLength(70);
    expect(new Set(rows.slice(100).map(([id]) => id)).size).toBe(100);
    expect(account.faults).toMatchObject({ identicalDuplicates: 30, conflictingDuplicates: 70 });
    expect(account.close(1, 7, 0).issues).toEqual([
      { sheet: 'OrdensFabrico', code: 'CONFLICTING_DUPLICATE', count: 70 },
    ]);
    const without = sinkOf(100, { conflictingDuplicates: 0.9 });
    expect(await fill(without.sink, 100)).toBe(100);
  });

  it('takes no row without a key for a repetition: it is set aside again', async () => {
    const contradict = (row: readonly Cell[]): Cell[] => [row[0], 'y'];
    const { sink, account } = sinkOf(10, { conflictingDuplicates: 1 }, { contradict });
    await fill(sink, 10, (row) => (row < 3 ? 'NULL_KEY' : row < 5 ? 'ERROR_CELL' : undefined));
    const { sheets, rejects, issues } = account.close(1, 7, 0);
    // Three of ten are no repetitions; of those set aside for another reason the repetition is one.
    expect(sheets).toEqual([{ sheet: 'OrdensFabrico', rows: 20, duplicates: 7, quarantined: 3 + 2 + 3 }]);
    expect(rejects).toEqual([
      { sheet: 'OrdensFabrico', reason_code: 'NULL_KEY', count: 6 },
      { sheet: 'OrdensFabrico', reason_code: 'ERROR_CELL', count: 2 },
    ]);
    expect(issues).toEqual([{ sheet: 'OrdensFabrico', code: 'CONFLICTING_DUPLICATE', count: 7 }]);
  });

  it('counts the issues of a row that is kept, all of them, and of one set aside the reason alone', async () => {
    const { sink, account } = sinkOf(2);
    await sink.add([1], undefined, ['ORPHAN_PRODUCT', 'MISSING_FINISH']);
    await sink.add([2], 'UNKNOWN_ORDER', ['ORPHAN_PRODUCT']);
    const { rejects, issues, sheets } = account.close(1, 7, 0);
    expect(rejects).toEqual([{ sheet: 'OrdensFabrico', reason_code: 'UNKNOWN_ORDER', count: 1 }]);
    expect(issues.map(({ code, count }) => [code, count])).toEqual([
      ['ORPHAN_PRODUCT', 1],
      ['MISSING_FINISH', 1],
    ]);
    expect(sheets).toEqual([{ sheet: 'OrdensFabrico', rows: 2, duplicates: 0, quarantined: 1 }]);
  });

  it('writes nulls as the text or leaves the cell out, in the share asked for, and counts the texts that it wrote', async () => {
    const nulls = (nullTexts: number): (Cell | string)[] => {
      const { sink } = sinkOf(1000, { nullTexts });
      return Array.from({ length: 1000 }, () => sink.null());
    };
    expect(new Set(nulls(1))).toEqual(new Set(['NULL']));
    expect(new Set(nulls(0))).toEqual(new Set([null]));
    // Four deviations of sqrt(1000 · 0.3 · 0.7) = 14.5.
    expect(Math.abs(nulls(0.3).filter((cell) => cell === 'NULL').length - 300)).toBeLessThan(58);
    const { sink, account } = sinkOf(1);
    await sink.add(['NULL', null, 'x', 'NULL']);
    expect(account.faults.nullTexts).toBe(2);
  });
});
