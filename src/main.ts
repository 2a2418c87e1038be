import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module';
import { AnswerAdapter } from './common/answer-adapter';
import { AccessControl } from './auth/access-control';
import { isDatabaseUnreachable } from './common/dependency-down';
import { applyHttpShell } from './common/http-shell';
import { DOCS_PATH } from './common/pages';
import { installTracer } from './common/tracing';
import { ENV } from './config/config.module';
import { type Env, loadEnv } from './config/env';
import { pendingMigrations } from './database/data-source';
import { KeepReady } from './ml/serving/keep-ready';
import { AppLogger } from './observability/app-logger';

/** Beside what SHUTDOWN_… say: what runs is told to end and waited for, then everything is closed. */
const ENDING_SECONDS = 25;

/** One entry for every role: what a process does (serve, work, both) is decided by ROLE alone. */
async function main(): Promise<void> {
  startTracing();
  const app = await NestFactory.create<NestExpressApplication>(AppModule, new AnswerAdapter(), {
    bufferLogs: true,
    // A start that fails in a module is told once, by report below, and not also as a stack of Nest's injector.
    autoFlushLogs: false,
    abortOnError: false,
  });
  try {
    const logger = app.get(AppLogger);
    app.useLogger(logger);
    app.flushLogs();
    app.enableShutdownHooks();
    endInTime(logger, app.get<Env>(ENV));
    await serve(app, logger);
  } catch (error) {
    // Closing lets go of the embedded database, which would otherwise be left running without its owner.
    await app.close();
    throw error;
  }
}

/** What hangs does not keep a process that was asked to end: whoever asked would kill it without a word. */
function endInTime(logger: AppLogger, { shutdownNoticeSeconds, shutdownDrainSeconds }: Env): void {
  const seconds = shutdownNoticeSeconds + shutdownDrainSeconds + ENDING_SECONDS;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => {
        logger.error(`The process did not end within ${seconds} s of ${signal}, and ends now.`, 'Main');
        process.exit(1);
      }, seconds * 1000).unref();
    });
  }
}

/** Before the application is made, so that its first statements are traced too. Off: the SDK is not even loaded. */
function startTracing(): void {
  const { otlpEndpoint, otelServiceName, role } = loadEnv();
  if (otlpEndpoint === undefined) return;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() needs a file ending that sources have not
  const { OtlpTracer } = require('./observability/otlp-tracer') as typeof import('./observability/otlp-tracer.js');
  installTracer(new OtlpTracer(otlpEndpoint, otelServiceName, role));
}

async function serve(app: NestExpressApplication, logger: AppLogger): Promise<void> {
  const pending = await pendingMigrations(app.get(DataSource));
  if (pending.length > 0) {
    throw new Error(`The database lacks ${pending.length} migrations. Run: npm run migrate`);
  }
  const env = app.get<Env>(ENV);
  if (env.role !== 'worker') await app.get(AccessControl).requireSomeKey();
  applyHttpShell(app, env);
  await listen(app, env);
  if (env.role !== 'worker') app.get(KeepReady).start();
  const address = await app.getUrl();
  const seconds = process.uptime().toFixed(1);
  logger.log(
    env.role === 'worker'
      ? `Working (role worker) after ${seconds} s; health at ${address}/api/health`
      : `Listening on ${address} (role ${env.role}) after ${seconds} s; documentation at ${address}/${DOCS_PATH}`,
    'Main',
  );
}

async function listen(app: NestExpressApplication, { port, host }: Env): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EADDRINUSE') throw error;
    throw new Error(`PORT=${port}: something listens on ${host}:${port} already. Stop it or choose another PORT.`, {
      cause: error,
    });
  }
}

/** Outside the logger, which may be what failed: a start that fails says one thing, and no stack for a person's mistake. */
function report(error: unknown): void {
  const { message, code } = error as { message?: string; code?: unknown };
  // A host with two addresses that both refuse is an AggregateError, whose message is empty.
  const said = message || (typeof code === 'string' ? code : String(error));
  const database = isDatabaseUnreachable(error) ? 'The database of DATABASE_URL cannot be reached: ' : '';
  process.stderr.write(`${database}${said}\n`);
}

main().catch((error: unknown) => {
  report(error);
  process.exit(1);
});
