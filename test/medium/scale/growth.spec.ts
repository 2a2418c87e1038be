import { join } from 'node:path';
import { writeSampleWorkbook } from '@libs/sample';
import { multiplyWorkbook } from '../../../scripts/bench/growth/multiply';
import { readSizes, type Sizes } from '../../../scripts/bench/growth/sizes';
import type { RunReport } from '../../../src/ingestion/queries/run-report';
import { startIngestionApp } from '../../support/ingestion-app';

/** A load of the workbook with so many times its orders, into an empty database. */
async function loadTimes(copies: number): Promise<{ report: RunReport; sizes: Sizes }> {
  const app = await startIngestionApp();
  try {
    const original = join(app.env.dataDir, 'original.xlsx');
    await writeSampleWorkbook(original, { scale: 0.005, seed: 7 });
    await multiplyWorkbook({ from: original, to: join(app.env.dataDir, 'grown.xlsx'), copies, rowsPerSheet: 3000 });
    const result = await app.service.acceptAndRun({ path: 'grown.xlsx' });
    if (result.outcome === 'NO_OP') throw new Error(result.message);
    return { report: result.report, sizes: await readSizes(app.env.databaseUrl!) };
  } finally {
    await app.close();
  }
}

describe('a workbook with three times the orders, each copy half a year older', () => {
  let one: Awaited<ReturnType<typeof loadTimes>>;
  let three: Awaited<ReturnType<typeof loadTimes>>;
  beforeAll(async () => {
    one = await loadTimes(1);
    three = await loadTimes(3);
  });

  const ofSheet = ({ report }: typeof one, name: string) => report.sheets.find(({ sheet }) => sheet === name)!;

  it.each(['OrdensFabrico', 'FasesOrdemFabrico', 'FuncionariosFaseOrdemFabrico', 'OrdemFabricoErros'])(
    'keeps three times what the original keeps of %s, and quarantines three times as much',
    (sheet) => {
      const { inserted, quarantined, duplicates } = ofSheet(one, sheet);
      expect(ofSheet(three, sheet)).toMatchObject({
        inserted: 3 * inserted,
        quarantined: 3 * quarantined,
        duplicates: 3 * duplicates,
      });
      expect(inserted).toBeGreaterThan(0);
    },
  );

  it('has the same match rate, since assignments name phases of their own copy', () => {
    const rateOf = ({ report }: typeof one) => report.match_rates.map(({ name, rate }) => [name, rate]);
    expect(rateOf(three)).toEqual(rateOf(one));
  });

  it('is a longer history of the same factory: what stands now and ended lately stays', () => {
    expect(three.sizes).toMatchObject({
      phases: 3 * one.sizes.phases,
      phases30: one.sizes.phases30,
      openOrders: one.sizes.openOrders,
    });
    expect(three.sizes.years - one.sizes.years).toBeCloseTo((2 * 182) / 365.25, 2);
  });
});
