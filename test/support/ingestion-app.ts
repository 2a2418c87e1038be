import { join } from 'node:path';
import { Clock, FixedClock } from '../../src/common/clock';
import { IngestionService } from '../../src/ingestion/ingestion.service';
import type { RunReport } from '../../src/ingestion/queries/run-report';
import { startTestApp, type TestApp, type TestAppOptions } from './app';
import { writeFactory, type FactorySheets, type FactoryWorkbookOptions } from './factory-workbook';

export interface IngestionApp extends TestApp {
  clock: FixedClock;
  service: IngestionService;
  /** Writes a workbook below DATA_DIR and returns its name there. */
  write(name: string, sheets: FactorySheets, options?: FactoryWorkbookOptions): Promise<string>;
  /** Writes a workbook and loads it in this process. */
  load(sheets: FactorySheets, options?: LoadOptions): Promise<RunReport>;
}

export interface LoadOptions extends FactoryWorkbookOptions {
  name?: string;
  force?: boolean;
  allowMassAbsence?: string[];
}

/** The product with a clock that stands at 2025-12-12T00:00Z, ready to load workbooks. */
export async function startIngestionApp(options: TestAppOptions = {}): Promise<IngestionApp> {
  const clock = new FixedClock(new Date('2025-12-12T00:00:00Z'));
  const app = await startTestApp({
    // Each reading thread compiles the TypeScript anew; the small factory is read by one.
    env: { readThreads: 1 },
    ...options,
    override: (builder) => (options.override?.(builder) ?? builder).overrideProvider(Clock).useValue(clock),
  });
  const service = app.app.get(IngestionService);
  let written = 0;
  const write: IngestionApp['write'] = async (name, sheets, more) => {
    await writeFactory(join(app.env.dataDir, name), sheets, more);
    return name;
  };
  return {
    ...app,
    clock,
    service,
    write,
    load: async (sheets, { name, force, allowMassAbsence, ...more } = {}) => {
      written += 1;
      const path = await write(name ?? `workbook-${written}.xlsx`, sheets, more);
      const result = await service.acceptAndRun({ path, force, allowMassAbsence });
      if (result.outcome === 'NO_OP') throw new Error(result.message);
      return result.report;
    },
  };
}
