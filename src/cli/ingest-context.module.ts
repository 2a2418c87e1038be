import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { DatabaseModule } from '../database/database.module';
import { IngestionModule } from '../ingestion/ingestion.module';
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
 * The ingestion module without the server around it: no HTTP and no queue, since the command line runs its load itself
 * and a worker started here would take up jobs of the service. The log is silent because standard output is the
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
    imports: [surroundings, LoggerModule, DatabaseModule, PublishedModule, IngestionModule],
  };
}
