import { generateSample, REAL_ROWS, type WorkbookTarget } from './index';

describe('generateSample', () => {
  it('has the real counts, faults and match rates at scale 1, to the row', async () => {
    const names: string[] = [];
    const nowhere: WorkbookTarget = {
      addPart: () => undefined,
      addSheet: (name) => {
        names.push(name);
        return Promise.resolve({ writeRow: () => undefined });
      },
    };
    const account = await generateSample({ scale: 1, seed: 7 }, nowhere);
    expect(names).toEqual(Object.keys(REAL_ROWS));
    expect(Object.fromEntries(account.sheets.map(({ sheet, rows }) => [sheet, rows]))).toEqual(REAL_ROWS);
    expect(Object.fromEntries(account.sheets.map(({ sheet, duplicates }) => [sheet, duplicates]))).toMatchObject({
      Funcionarios: 902 - 301,
      FuncionariosFasesAptos: 902 - 894,
      FasesOrdemFabrico: 0,
    });
    expect(account.faults).toMatchObject({
      finishedBeforeCreated: 7,
      missingFinish: 241,
      dormantOrders: 207,
      unknownProducts: 339,
      endBeforeStart: 2989,
      sentinelStart: 2919,
      noDate: 29_933,
      staleOpen: 5138,
      unknownWorkers: 56,
      errorsOfUnknownOrders: 9,
      // The nulls of the real workbook: 1,156 + 2,730 of the orders, 31,143 + 37,196 + 494,072 + 492,556 of the phases, 37,303 culprits, 10 dates.
      nullTexts: 1_096_166,
    });
    expect(account.matchRates).toEqual([
      { name: 'produto_join', matches: 894, total: 1233 },
      { name: 'employee_productivity', matches: 116_505, total: 360_646 },
    ]);
    expect(account.issues).toContainEqual({ sheet: 'OrdensFabrico', code: 'ORPHAN_PRODUCT', count: 387 });
    // A million rows: seconds on an idle machine, more on a shared one.
  }, 180_000);
});
