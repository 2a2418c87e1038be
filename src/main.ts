import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { applyHttpShell } from './common/http-shell';
import { DOCS_PATH } from './common/openapi';
import { ENV } from './config/config.module';
import type { Env } from './config/env';

/** One entry for every role: what a process does (serve, work, both) is decided by ROLE alone. */
async function main(): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, { bufferLogs: true, abortOnError: false });
  const logger = app.get(Logger);
  app.useLogger(logger);
  app.enableShutdownHooks();
  const env = app.get<Env>(ENV);
  applyHttpShell(app, env);
  await app.listen(env.port, env.host);
  const address = await app.getUrl();
  logger.log(
    env.role === 'worker'
      ? `Working; health at ${address}/api/health`
      : `Listening on ${address} (role ${env.role}); documentation at ${address}/${DOCS_PATH}`,
    'Main',
  );
}

main().catch((error: unknown) => {
  // Before there is a logger, or after it: a start that fails says one thing, on stderr, and no stack for a person's mistake.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
