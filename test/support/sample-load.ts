import { join } from 'node:path';
import { writeSampleWorkbook, type FaultRates, type SampleAccount, type SampleOptions } from '@libs/sample';
import type { RunReport } from '../../src/ingestion/queries/run-report';
import { startIngestionApp, type IngestionApp } from './ingestion-app';

export interface SampleLoad {
  app: IngestionApp;
  /** What the generator says it wrote, counted as it wrote. */
  written: SampleAccount;
  report: RunReport;
}

/** Every fault that the generator knows of rows that must be quarantined, often enough to occur at 1 %. */
export const MANY_FAULTS: Partial<FaultRates> = {
  ordersMissingKey: 0.02,
  phasesMissingKey: 0.01,
  endBeforeStart: 0.02,
  textInNumber: 0.01,
  errorCells: 0.01,
  futureDates: 0.005,
  unknownWorkers: 0.02,
  errorsOfUnknownOrders: 0.02,
  invalidSeverity: 0.02,
  identicalDuplicates: 0.01,
  conflictingDuplicates: 0.01,
};

/** The product after the load of a generated workbook: 1 % of the real one's rows, 273 orders with 5,190 phases. */
export async function loadSample(
  faults: Partial<FaultRates> = MANY_FAULTS,
  options: Partial<SampleOptions> = {},
): Promise<SampleLoad> {
  const app = await startIngestionApp();
  const path = 'sample.xlsx';
  const written = await writeSampleWorkbook(join(app.env.dataDir, path), { scale: 0.01, seed: 7, faults, ...options });
  const result = await app.service.acceptAndRun({ path });
  if (result.outcome === 'NO_OP') throw new Error(result.message);
  return { app, written, report: result.report };
}
