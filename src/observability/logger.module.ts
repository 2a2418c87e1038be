import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { LoggerModule as PinoModule, type Params } from 'nestjs-pino';
import type { Options } from 'pino-http';
import { destination } from 'pino';
import pretty from 'pino-pretty';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { currentScope } from '../common/work-scope';
import { AppLogger } from './app-logger';
import { LineBatches } from './line-batches';

/** More than a batch, so that it is written when the batch is told to be, and by the clock while another is being written. */
const SINK = { dest: 1, sync: false, minLength: 131_072, maxWrite: 262_144, periodicFlush: 100 };
let programOutput: LineBatches | undefined;

/** The standard output of the process, of which there is one, however many applications a test starts. */
function batchedOutput(): LineBatches {
  if (programOutput === undefined) {
    const output = new LineBatches(destination(SINK));
    programOutput = output;
    process.prependListener('beforeExit', () => output.flush());
    process.on('exit', () => output.flushSync());
  }
  return programOutput;
}

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
  if (!process.stdout.isTTY) return { pinoHttp: [options, batchedOutput()], forRoutes: [] };
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
export class LoggerModule implements OnApplicationShutdown {
  /** A process that a signal ends runs no code afterwards. */
  onApplicationShutdown(): void {
    programOutput?.flushSync();
  }
}
