import { join } from 'node:path';
import { factoryZone } from '@libs/factory-time';
import { writeSampleWorkbook, type SampleOptions } from '@libs/sample';
import type { RunReport } from '../../../src/ingestion/queries/run-report';
import { startIngestionApp, type IngestionApp } from '../../support/ingestion-app';

/** Every fault that the generator knows, often enough that a small workbook has some of each. */
const EVERY_FAULT: SampleOptions['faults'] = {
  finishedBeforeCreated: 0.02,
  ordersMissingKey: 0.02,
  phasesMissingKey: 0.01,
  textInNumber: 0.01,
  errorCells: 0.01,
  isoTextDates: 0.05,
  dayFirstTextDates: 0.05,
  decimalCommas: 0.05,
  futureDates: 0.005,
  assignmentsMissingKey: 0.01,
  unknownWorkers: 0.01,
  errorsOfUnknownOrders: 0.02,
  invalidSeverity: 0.02,
  conflictingWorkers: 0.1,
  identicalDuplicates: 0.01,
  conflictingDuplicates: 0.01,
};

describe('a generated workbook', () => {
  let app: IngestionApp;
  beforeEach(async () => {
    app = await startIngestionApp({ env: { readThreads: 2 } });
  });
  afterEach(() => app.close());

  const sorted = (lines: readonly object[]): string[] => lines.map((line) => JSON.stringify(line)).sort();
  const nonZero = <T extends { count: number }>(lines: readonly T[]): T[] => lines.filter(({ count }) => count > 0);

  it.each<[string, SampleOptions]>([
    ['with the faults of the real one', { scale: 0.01, seed: 7 }],
    [
      'with every fault, in continuation sheets',
      { scale: 0.008, seed: 11, faults: EVERY_FAULT, assignmentMatchRate: 0.95, rowsPerSheet: 1500 },
    ],
  ])('loads to exactly the account its generator kept: %s', async (_, options) => {
    const account = await writeSampleWorkbook(join(app.env.dataDir, 'sample.xlsx'), options);
    const result = await app.service.acceptAndRun({ path: 'sample.xlsx' });
    expect(result.outcome).toBe('COMPLETED');
    const { report } = result as { report: RunReport };
    expect(report.sample).toBe(true);
    expect(
      sorted(
        report.sheets.map(({ sheet, extracted, duplicates, quarantined }) => ({
          sheet,
          rows: extracted,
          duplicates,
          quarantined,
        })),
      ),
    ).toEqual(
      sorted(
        account.sheets.map(({ sheet, rows, duplicates, quarantined }) => ({ sheet, rows, duplicates, quarantined })),
      ),
    );
    expect(sorted(report.rejects)).toEqual(sorted(nonZero(account.rejects)));
    expect(sorted(report.issues)).toEqual(sorted(nonZero(account.issues)));
    expect(sorted(report.match_rates.map(({ name, matches, total }) => ({ name, matches, total })))).toEqual(
      sorted(account.matchRates),
    );
    const zone = factoryZone('Europe/Lisbon');
    expect(report.as_of).toBe(zone.formatIso(zone.toInstant(account.asOf) * 1000));
    const health = (await (await fetch(`${app.url}/api/health`)).json()) as { sample: boolean };
    expect(health.sample).toBe(true);
  });
});
