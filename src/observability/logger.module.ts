import { Global, Module } from '@nestjs/common';
import { LoggerModule as PinoModule, type Params } from 'nestjs-pino';
import type { Options } from 'pino-http';
import { destination } from 'pino';
import pretty from 'pino-pretty';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { currentScope } from '../common/work-scope';
import { AppLogger } from './app-logger';

/**
 * Lines for a program are written some at a time: a write for each is a tenth of what a small answer costs, and one for
 * each dozen still half of what its line does. They wait a tenth of a second at most, and a process that ends, by an
 * error too, writes what it still has.
 */
const IN_BATCHES = { dest: 1, sync: false, minLength: 32_768, maxWrite: 65_536, periodicFlush: 100 };

/** What every line has beside its message: on whose account, a request's or a job's, it was written. */
export function logOptions(level: string): Options {
  return { level, mixin: scopeFields };
}

function scopeFields(): Record<string, string> {
  const scope = currentScope();
  if (scope === undefined) return {};
  const { correlationId: correlation_id, job } = scope;
  return job === undefined ? { correlation_id } : { correlation_id, job: job.name, job_id: job.id };
}

/** Pretty lines for a person at a terminal, JSON lines for everything else. */
export function loggerParams(env: Pick<Env, 'logLevel'>): Params {
  const options = logOptions(env.logLevel);
  // The module's own middleware makes three loggers a request; RequestLog writes the line without.
  if (!process.stdout.isTTY) return { pinoHttp: [options, destination(IN_BATCHES)], forRoutes: [] };
  const stream = pretty({
    colorize: true,
    // A worker thread writing behind the process's back would lose the last lines of a process that ends.
    sync: true,
    singleLine: true,
    ignore: 'pid,hostname,context,req,res,duration_ms,status,error_code,job_id',
    translateTime: 'SYS:HH:MM:ss',
  });
  return { pinoHttp: [options, stream], forRoutes: [] };
}

/** nestjs-pino, told by the validated environment. */
@Global()
@Module({
  imports: [PinoModule.forRootAsync({ inject: [ENV], useFactory: loggerParams })],
  providers: [AppLogger],
  exports: [AppLogger],
})
export class LoggerModule {}
