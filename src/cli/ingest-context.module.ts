import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { DatabaseModule } from '../database/database.module';
import { IngestionService } from '../ingestion/ingestion.service';
import { RunExecutor } from '../ingestion/pipeline/run-executor';
import { RunStore } from '../ingestion/pipeline/run-store';
import { IngestionQueries } from '../ingestion/queries/ingestion.queries';
import { LoggerModule } from '../observability/logger.module';
import { PublishedModule } from '../published/published.module';
import { JobProducer } from '../queue/job-producer';

/** What the server's modules find around them, given by the command line. */
@Global()
@Module({})
class CliSurroundings {}

@Module({})
class IngestContext {}

/**
 * What loads a workbook, without the server around it: no queue, since the command line runs its load itself and a
 * worker started here would take up jobs of the service, and no HTTP, whose libraries would treble the time until a
 * load begins (imports measured: 1.5 s with IngestionModule, 0.5 s so). The log is silent because standard output is the
 * report's; what goes wrong is thrown.
 */
export function ingestContextModule(env: Env): DynamicModule {
  const surroundings: DynamicModule = {
    module: CliSurroundings,
    providers: [
      { provide: ENV, useValue: { ...env, role: 'api', logLevel: 'silent' } satisfies Env },
      { provide: JobProducer, useValue: {} },
    ],
    exports: [ENV, JobProducer],
  };
  return {
    module: IngestContext,
    providers: [IngestionService, RunExecutor, RunStore, IngestionQueries],
    imports: [surroundings, LoggerModule, DatabaseModule, PublishedModule],
  };
}
