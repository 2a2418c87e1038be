import { existsSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook } from '@libs/xlsx';
import ExcelJS from 'exceljs';
import {
  DEFAULT_FAULTS,
  SAMPLE_MARKER,
  sampleSizes,
  writeSampleWorkbook,
  type FaultRates,
  type SampleAccount,
  type SampleOptions,
} from './index';
import { SHEET_HEADERS } from './sheet-headers';
import { at, audit, makeTables, readTables, type Audit, type ReadCell, type ReadTable } from './testing/audit-workbook';

const QUICK = { level: 1 };

describe('generateSample', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sample-'));
    file = join(folder, 'sample.xlsx');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const make = (options: SampleOptions): Promise<SampleAccount> => writeSampleWorkbook(file, options, QUICK);

  async function makeAndRead(
    options: SampleOptions,
  ): Promise<{ account: SampleAccount; tables: ReadTable[]; found: Audit }> {
    const { account, tables } = await makeTables(options);
    return { account, tables, found: audit(tables) };
  }

  /** The account says what the definitions find. */
  function expectBalanced(account: SampleAccount, found: Audit): void {
    const counts = (key: 'rows' | 'duplicates'): Record<string, number> =>
      Object.fromEntries(account.sheets.filter((sheet) => sheet[key] > 0).map((sheet) => [sheet.sheet, sheet[key]]));
    expect(found.rows).toEqual(counts('rows'));
    expect(found.duplicates).toEqual(counts('duplicates'));
    expect(found.rejects).toEqual(
      Object.fromEntries(account.rejects.map(({ sheet, reason_code, count }) => [`${sheet} ${reason_code}`, count])),
    );
    expect(found.issues).toEqual(
      Object.fromEntries(account.issues.map(({ sheet, code, count }) => [`${sheet} ${code}`, count])),
    );
    expect(found.matchRates).toEqual(
      Object.fromEntries(account.matchRates.map(({ name, matches, total }) => [name, [matches, total]])),
    );
    expect(found.asOf).toBe(account.asOf);
    for (const { sheet, quarantined } of account.sheets) {
      const rejected = account.rejects.filter((one) => one.sheet === sheet).reduce((sum, one) => sum + one.count, 0);
      expect(rejected).toBe(quarantined);
    }
  }

  it.each([0.0001, 0.002, 0.01, 0.02])('has the counts of its formula at scale %d, and no key twice', async (scale) => {
    const { account, found } = await makeAndRead({ scale, seed: 3 });
    expect(found.rows).toEqual(sampleSizes({ scale, faults: DEFAULT_FAULTS }).rows);
    expect(found.rows.FasesOrdemFabrico).toBe(Math.round(519_079 * scale));
    expect(found.rows.OrdemFabricoErros).toBe(Math.round(89_836 * scale));
    expectBalanced(account, found);
  });

  it('has the states of the real orders: 708 of 27,380 being made with 698 phases open, 207 dormant, 241 at rest', async () => {
    const { found } = await makeAndRead({ scale: 0.05, seed: 11 });
    // A twentieth of each, rounded: 1,369 orders, and 34.5 phases open of 35 orders being made.
    expect(found.orders).toEqual({ finished: 1369 - 35 - 10 - 12, active: 35, dormant: 10, atRest: 12 });
    expect(found.wip).toBe(35);
  });

  it('has each sheet under its name and headers, in the real order', async () => {
    const { tables } = await makeAndRead({ scale: 0.002, seed: 1 });
    expect(tables.map(({ name, header }) => [name, header])).toEqual(Object.entries(SHEET_HEADERS));
  });

  it('writes into a file what it gives to a writer, with the same account', async () => {
    const options = { scale: 0.005, seed: 4, faults: { nullTexts: 0.5, errorCells: 0.01 }, rowsPerSheet: 1000 };
    const { account, tables } = await makeTables(options);
    expect(await make(options)).toEqual(account);
    expect(await readTables(file)).toEqual(tables);
  });

  it('is the same to the byte for the same seed, and another for another', async () => {
    const hash = async (seed: number): Promise<string> => {
      await make({ scale: 0.005, seed });
      return createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
    };
    const first = await hash(7);
    expect(await hash(7)).toBe(first);
    expect(await hash(8)).not.toBe(first);
  });

  it('is the same on every machine: the inflated sheets have the hash they had when this was written', async () => {
    await make({ scale: 0.005, seed: 7 });
    const workbook = await Workbook.open(file);
    const parts = [...(await workbook.hashParts())].sort(([a], [b]) => (a < b ? -1 : 1));
    await workbook.close();
    expect(createHash('sha256').update(JSON.stringify(parts)).digest('hex')).toMatchInlineSnapshot(
      `"cbb71e97432570162ffaa0ada5369e614fa9b8173b808c006e97a2b71dcd2a07"`,
    );
  });

  it.each([0, 0.5, 0.95, 1])('has the assignment match rate %d it was asked for', async (assignmentMatchRate) => {
    const { found, account } = await makeAndRead({ scale: 0.01, seed: 5, assignmentMatchRate });
    const [matches, total] = found.matchRates.employee_productivity;
    expect(Math.abs(matches / total - assignmentMatchRate)).toBeLessThan(0.01);
    expect(total).toBe(Math.round(360_646 * 0.01));
    expectBalanced(account, found);
  });

  it('injects every fault at the rate asked for, exactly, and foretells what a load must report', async () => {
    const faults: FaultRates = {
      finishedBeforeCreated: 0.02,
      missingFinish: 0.03,
      dormantOrders: 0.01,
      unknownProducts: 0.4,
      ordersMissingKey: 0.02,
      endBeforeStart: 0.01,
      sentinelStart: 0.015,
      noDate: 0.1,
      staleOpen: 0.02,
      numbersAsText: 0.05,
      phasesMissingKey: 0.003,
      textInNumber: 0.004,
      errorCells: 0.005,
      isoTextDates: 0.006,
      dayFirstTextDates: 0.007,
      decimalCommas: 0.008,
      futureDates: 0.009,
      unknownWorkers: 0.01,
      assignmentsMissingKey: 0.011,
      errorsOfUnknownOrders: 0.02,
      invalidSeverity: 0.03,
      duplicateWorkers: 0.5,
      conflictingWorkers: 0.1,
      duplicateAptitudes: 0.05,
      identicalDuplicates: 0.012,
      conflictingDuplicates: 0.013,
      nullTexts: 0.7,
    };
    const { account, found } = await makeAndRead({ scale: 0.02, seed: 9, faults, assignmentMatchRate: 0.8 });
    expectBalanced(account, found);
    const { rows } = sampleSizes({ scale: 0.02, faults });
    const of = (sheet: keyof typeof rows, rate: number): number => Math.round(rows[sheet] * rate);
    expect(account.faults).toMatchObject({
      finishedBeforeCreated: of('OrdensFabrico', 0.02),
      missingFinish: of('OrdensFabrico', 0.03),
      dormantOrders: of('OrdensFabrico', 0.01),
      ordersMissingKey: of('OrdensFabrico', 0.02),
      endBeforeStart: of('FasesOrdemFabrico', 0.01),
      sentinelStart: of('FasesOrdemFabrico', 0.015),
      noDate: of('FasesOrdemFabrico', 0.1),
      staleOpen: of('FasesOrdemFabrico', 0.02),
      numbersAsText: of('FasesOrdemFabrico', 0.05),
      phasesMissingKey: of('FasesOrdemFabrico', 0.003),
      textInNumber: of('FasesOrdemFabrico', 0.004),
      errorCells: of('FasesOrdemFabrico', 0.005),
      isoTextDates: of('FasesOrdemFabrico', 0.006),
      dayFirstTextDates: of('FasesOrdemFabrico', 0.007),
      decimalCommas: of('FasesOrdemFabrico', 0.008),
      futureDates: of('FasesOrdemFabrico', 0.009),
      unknownWorkers: of('FuncionariosFaseOrdemFabrico', 0.01),
      assignmentsMissingKey: of('FuncionariosFaseOrdemFabrico', 0.011),
      errorsOfUnknownOrders: of('OrdemFabricoErros', 0.02),
      invalidSeverity: of('OrdemFabricoErros', 0.03),
      duplicateWorkers: of('Funcionarios', 0.5),
      conflictingWorkers: of('Funcionarios', 0.1),
      duplicateAptitudes: of('FuncionariosFasesAptos', 0.05),
    });
    expect(found.issues['FasesOrdemFabrico FUTURE_DATE']).toBeGreaterThan(0);
    expect(found.issues['OrdensFabrico CONFLICTING_DUPLICATE']).toBe(of('OrdensFabrico', 0.013));
    expect(found.rejects['FasesOrdemFabrico UNKNOWN_ORDER']).toBeGreaterThan(0);
  });

  it('has no fault at all when every rate is 0, but for the phases not begun yet', async () => {
    const faults = Object.fromEntries(Object.keys(DEFAULT_FAULTS).map((name) => [name, 0]));
    const { account, found, tables } = await makeAndRead({ scale: 0.02, seed: 9, faults, assignmentMatchRate: 1 });
    expectBalanced(account, found);
    expect(found.rejects).toEqual({});
    expect(found.issues).toEqual({});
    expect(found.duplicates).toEqual({});
    expect(found.orders.dormant + found.orders.atRest).toBe(0);
    expect(Object.entries(account.faults).filter(([, count]) => count > 0)).toEqual([
      ['noDate', account.faults.noDate],
    ]);
    expect(JSON.stringify(tables)).not.toContain('0.666666666666667"');
  });

  it('goes on in further sheets where one is full, and holds the same rows', async () => {
    const options = { scale: 0.005, seed: 2 };
    const { tables: whole } = await makeAndRead(options);
    const { tables: parts } = await makeAndRead({ ...options, rowsPerSheet: 1000 });
    const phases = parts.filter(({ header }) => header[0] === 'FaseOf_Id');
    // 2,595 rows by 1,000.
    expect(phases.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['FasesOrdemFabrico', 1000],
      ['FasesOrdemFabrico (2)', 1000],
      ['FasesOrdemFabrico (3)', 595],
    ]);
    expect(phases.flatMap(({ rows }) => rows)).toEqual(whole[1].rows);
    // The name of 28 characters is cut to make room for the number within 31.
    const assignments = parts.filter(({ header }) => header[0] === 'FuncionarioFaseOf_FaseOfId');
    expect(assignments.map(({ name }) => name)).toEqual([
      'FuncionariosFaseOrdemFabrico',
      'FuncionariosFaseOrdemFabric (2)',
      'FuncionariosFaseOrdemFabric (3)',
    ]);
  });

  it('tells of each sheet once it is written, with its rows, repeated ones included', async () => {
    const told: [string, number][] = [];
    const faults = { identicalDuplicates: 0.1 };
    const account = await make({ scale: 0.001, seed: 1, faults, onSheet: (sheet, rows) => told.push([sheet, rows]) });
    expect(told).toEqual(account.sheets.map(({ sheet, rows }) => [sheet, rows]));
    expect(told.map(([sheet]) => sheet)).toEqual(Object.keys(SHEET_HEADERS));
    // 519,079 · 0.001 = 519 phases and 52 of them again; a catalogue has knobs of its own.
    expect(told[1][1]).toBe(519 + 52);
    expect(told[6][1]).toBe(71);
  });

  it('says that it is a sample, to programs and to people, and opens in exceljs', async () => {
    await make({ scale: 0.002, seed: 1 });
    const workbook = await Workbook.open(file);
    expect(workbook.parts.map(({ name }) => name)).toEqual(
      expect.arrayContaining([SAMPLE_MARKER, 'docProps/custom.xml']),
    );
    expect(workbook.sheets).toHaveLength(9);
    await workbook.close();
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    expect(book.getWorksheet('OrdensFabrico')!.rowCount).toBe(1 + 55);
    expect(book.getWorksheet('OrdensFabrico')!.getCell('B2').value).toBeInstanceOf(Date);
  });

  it.each<[string, SampleOptions]>([
    ['scale 0', { scale: 0, seed: 1 }],
    ['scale 101', { scale: 101, seed: 1 }],
    ['no number', { scale: Number.NaN, seed: 1 }],
    ['a negative seed', { scale: 1, seed: -1 }],
    ['a rate over 1', { scale: 1, seed: 1, faults: { noDate: 1.1 } }],
    ['a fault that does not exist', { scale: 1, seed: 1, faults: { nothing: 0.1 } as Partial<FaultRates> }],
    ['an end with seconds', { scale: 1, seed: 1, end: 1_765_457_401 }],
    ['more faults than phases', { scale: 0.002, seed: 1, faults: { endBeforeStart: 0.6, sentinelStart: 0.6 } }],
    [
      'more forgotten orders than old ones',
      { scale: 0.002, seed: 1, faults: { dormantOrders: 0.6, missingFinish: 0.6 } },
    ],
  ])('refuses %s with a SampleError', async (_what, options) => {
    await expect(make(options)).rejects.toMatchObject({ name: 'SampleError' });
  });

  it('is done with its file when it refuses, and does not open it later', async () => {
    await make({ scale: -1, seed: 1 }).catch(() => undefined);
    // At once, before anything that was asked of the file system can happen.
    rmSync(file, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(existsSync(file)).toBe(false);
  });

  describe('the factory it tells of', () => {
    let made: ReadTable[] | undefined;
    /** Made by the first test that asks: a hook has less time than a test where each change of the code is tried. */
    const load = async (): Promise<void> => {
      made ??= (await makeTables({ scale: 0.05, seed: 21 })).tables;
    };
    const rows = (name: string): ReadCell[][] => made!.find((table) => table.name === name)!.rows;

    const recorded = (cell: ReadCell): cell is { at: number } => cell !== null && at(cell) > 0;

    it('follows the route of the product, step after step, and never before the order was created', async () => {
      await load();
      const routes = new Map<ReadCell, string[]>();
      for (const [product, type, sequence] of rows('FasesStandardModelos')) {
        const route = routes.get(product) ?? [];
        route.push(`${sequence as number} ${type as number}`);
        routes.set(product, route);
      }
      const byOrder = new Map<ReadCell, ReadCell[][]>();
      for (const phase of rows('FasesOrdemFabrico')) byOrder.set(phase[1], [...(byOrder.get(phase[1]) ?? []), phase]);
      let followed = 0;
      for (const order of rows('OrdensFabrico')) {
        const phases = byOrder.get(order[0])!;
        const first = phases.filter((phase) => phase[9] === 0).sort((a, b) => (a[11] as number) - (b[11] as number));
        const dated = first.filter((phase) => recorded(phase[2]));
        const moments = [order[1], ...dated.map((phase) => phase[2])].map(at);
        expect(moments).toEqual([...moments].sort((a, b) => a - b));
        const route = routes.get(order[3]);
        if (!route) continue;
        const steps = first.map((phase) => `${phase[11] as number} ${phase[7] as number}`);
        expect(route.slice(0, steps.length)).toEqual(steps);
        followed++;
      }
      expect(followed).toBeGreaterThan(1000);
    });

    it('blames phases of the order that has the error, and lets apt workers work', async () => {
      await load();
      const owner = new Map(rows('FasesOrdemFabrico').map((phase) => [phase[0], phase]));
      for (const error of rows('OrdemFabricoErros')) {
        for (const id of [error[4], error[5]]) if (owner.has(id)) expect(owner.get(id)![1]).toBe(error[1]);
        if (owner.has(error[4])) expect(owner.get(error[4])![7]).toBe(error[2]);
      }
      const apt = new Set(
        rows('FuncionariosFasesAptos').map(([worker, type]) => `${worker as number} ${type as number}`),
      );
      const manned = rows('FuncionariosFaseOrdemFabrico').filter(([phase]) => owner.has(phase));
      const fit = manned.filter(([phase, worker]) => apt.has(`${worker as number} ${owner.get(phase)![7] as number}`));
      expect(fit.length / manned.length).toBeGreaterThan(0.9);
    });

    it('works from 8 to 17 on weekdays, mostly, and delivers on Fridays', async () => {
      await load();
      const starts = rows('FasesOrdemFabrico').flatMap((phase) => (recorded(phase[2]) ? [at(phase[2])] : []));
      const inHours = starts.filter((start) => {
        const hour = Math.floor(start / 3600) % 24;
        const weekday = (Math.floor(start / 86_400) + 4) % 7;
        return hour >= 8 && hour < 17 && weekday >= 1 && weekday <= 5;
      });
      expect(inHours.length / starts.length).toBeGreaterThan(0.8);
      for (const order of rows('OrdensFabrico')) {
        if (order[5] !== null) expect((at(order[5]) / 86_400 + 4) % 7).toBe(5);
      }
    });

    it('has the lead times, punctuality and phase counts of the real one, within sampling error', async () => {
      await load();
      const finished = rows('OrdensFabrico').filter((order) => order[2] !== null && at(order[2]) >= at(order[1]));
      const days = finished.map((order) => (at(order[2]) - at(order[1])) / 86_400).sort((a, b) => a - b);
      // The real quartiles are 20.6, 37.5 and 65.5 days; 1,300 orders tell them to about a tenth.
      expect(days[Math.floor(days.length / 4)]).toBeCloseTo(20.6, -1);
      expect(Math.abs(days[Math.floor(days.length / 2)] - 37.5)).toBeLessThan(5);
      expect(Math.abs(days[Math.floor((days.length * 3) / 4)] - 65.5)).toBeLessThan(9);
      const due = finished.filter((order) => order[5] !== null);
      const onTime = due.filter((order) => Math.floor(at(order[2]) / 86_400) <= at(order[5]) / 86_400);
      // 79.3 % in the real workbook.
      expect(Math.abs(onTime.length / due.length - 0.793)).toBeLessThan(0.05);
    });
  });
});
