import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import pg from 'pg';
import { AppModule } from '../../src/app.module';
import { AnswerAdapter } from '../../src/common/answer-adapter';
import { applyHttpShell } from '../../src/common/http-shell';
import { ENV } from '../../src/config/config.module';
import { type Env, readEnv } from '../../src/config/env';
import { QueueHost } from '../../src/queue/queue-host';
import { createTestDatabase } from './test-database';

export interface TestAppOptions {
  /** What differs from the defaults of env.ts, which already name the test's own database. */
  env?: Partial<Env> | ((defaults: Env) => Promise<Partial<Env>>);
  /** Opens real queues and workers; without, jobs cannot be produced and Redis counts as not configured. */
  queues?: boolean;
  /** Replaces providers before the application is built. */
  override?(builder: TestingModuleBuilder): TestingModuleBuilder;
  /** Modules beside the product's own (routes that fail on purpose). */
  modules?: NonNullable<ModuleMetadata['imports']>;
}

export interface TestApp {
  /** http://127.0.0.1:port of the listening product. */
  url: string;
  app: NestExpressApplication;
  env: Env;
  /** A session of the test's own on the product's database. */
  sql: pg.Client;
  /** Stops the product, closes the session, drops the database, removes DATA_DIR. */
  close(): Promise<void>;
}

/** Queues that are not there: HTTP tests that start no job need no workers. */
const NO_QUEUES = {
  kind: 'postgres',
  startWorkers: () => undefined,
  beginEnding: () => undefined,
  drain: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** The whole product with its HTTP shell, listening on a free port over a migrated, empty database of its own. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'prodplan-app-'));
  const defaults = readEnv({
    DATABASE_URL: database.url,
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATA_DIR: dataDir,
    // Tests write rows without publishing them, which a cache cannot see.
    CACHE_ENABLED: 'false',
  });
  const changed = typeof options.env === 'function' ? await options.env(defaults) : options.env;
  const env: Env = { ...defaults, host: '127.0.0.1', port: 0, ...changed };
  let builder = Test.createTestingModule({ imports: [AppModule, ...(options.modules ?? [])] })
    .overrideProvider(ENV)
    .useValue(env);
  if (!options.queues) builder = builder.overrideProvider(QueueHost).useValue(NO_QUEUES);
  if (options.override) builder = options.override(builder);
  const module = await builder.compile();
  const app = module.createNestApplication<NestExpressApplication>(new AnswerAdapter(), {
    bufferLogs: true,
    logger: false,
  });
  applyHttpShell(app, env);
  await app.listen(env.port, env.host);
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  const sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
  return {
    url: `http://127.0.0.1:${port}`,
    app,
    env,
    sql,
    close: async () => {
      await sql.end();
      await app.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
