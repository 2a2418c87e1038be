import type { IncomingMessage, ServerResponse } from 'node:http';
import { Global, Module } from '@nestjs/common';
import { LoggerModule as PinoModule, type Params } from 'nestjs-pino';
import type { Options } from 'pino-http';
import pretty from 'pino-pretty';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { correlationIdOf } from '../common/correlation-id';
import { errorCodeOf } from '../common/problem.filter';
import { redactUrl } from '../common/redact-url';
import { currentScope } from '../common/work-scope';
import { AppLogger } from './app-logger';

const HEALTH = /^\/(api\/)+(ops\/)?health\b/;

/** The URL as asked for, before an alias was unfolded. */
type Asked = IncomingMessage & { originalUrl?: string };

function urlOf(request: Asked): string {
  return request.originalUrl ?? request.url ?? '';
}

/**
 * One line per request, with the id its answer carries. Headers are not logged: they hold the API key, and nothing of
 * them was ever needed beside the id.
 */
export function pinoHttpOptions(level: string): Options {
  return {
    level,
    genReqId: correlationIdOf,
    quietReqLogger: true,
    mixin: jobFields,
    customAttributeKeys: { reqId: 'correlation_id', responseTime: 'duration_ms' },
    serializers: {
      req: (request: { method: string; raw: Asked }) => ({
        method: request.method,
        url: redactUrl(urlOf(request.raw)),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (request: IncomingMessage, response: ServerResponse, error?: Error) => {
      if (error || response.statusCode >= 500) return 'error';
      // The frontend asks every 30 seconds from every open page.
      return HEALTH.test(urlOf(request)) ? 'debug' : 'info';
    },
    customSuccessObject: (_request, response, line: object) => withErrorCode(response, line),
    customErrorObject: (_request, response, _error, line: object) => withErrorCode(response, line),
    customSuccessMessage: (request, response, milliseconds) =>
      `${request.method} ${redactUrl(urlOf(request))} ${response.statusCode} ${Math.round(milliseconds)} ms`,
    customErrorMessage: (request, response) =>
      `${request.method} ${redactUrl(urlOf(request))} ${response.statusCode} failed`,
  };
}

/** On whose account a line of a job was written; a line of a request has its id from the request's own logger. */
function jobFields(): Record<string, string> {
  const scope = currentScope();
  if (scope?.job === undefined) return {};
  return { correlation_id: scope.correlationId, job: scope.job.name, job_id: scope.job.id };
}

function withErrorCode(response: ServerResponse, line: object): object {
  const code = errorCodeOf(response);
  return code === undefined ? line : { ...line, error_code: code };
}

/** Pretty lines for a person at a terminal, JSON lines for everything else. */
export function loggerParams(env: Pick<Env, 'logLevel'>): Params {
  const options = pinoHttpOptions(env.logLevel);
  if (!process.stdout.isTTY) return { pinoHttp: options };
  const stream = pretty({
    colorize: true,
    // A worker thread writing behind the process's back would lose the last lines of a process that ends.
    sync: true,
    singleLine: true,
    ignore: 'pid,hostname,context,req,res,duration_ms,status,error_code,job_id',
    translateTime: 'SYS:HH:MM:ss',
  });
  return { pinoHttp: [options, stream] };
}

/** nestjs-pino, told by the validated environment. */
@Global()
@Module({
  imports: [PinoModule.forRootAsync({ inject: [ENV], useFactory: loggerParams })],
  providers: [AppLogger],
  exports: [AppLogger],
})
export class LoggerModule {}
