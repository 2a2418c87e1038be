import type { Server } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { correlationIdOf } from './correlation-id';
import { DomainError } from './domain-error';

/** An address with every filter of every endpoint is a few hundred characters long. */
const URL_MAX = 8_192;
/** A client has this long to send the headers, which fit one packet. */
const HEADERS_MS = 15_000;
/** A workbook of a gigabyte over a slow line; while bytes arrive, and no longer. */
const UPLOAD_MS = 3_600_000;

class UrlTooLongError extends DomainError {
  constructor() {
    super(`The address is longer than ${URL_MAX} characters.`, { code: 'URL_TOO_LONG', httpStatus: 414 });
  }
}

/** 414 for an address that no endpoint needs. */
export function limitUrl(request: Request, _response: Response, next: NextFunction): void {
  if (request.url.length > URL_MAX) next(new UrlTooLongError());
  else next();
}

/**
 * Cuts off what stands still: a client that sends or takes nothing for `seconds`, one whose body (but for uploads) is
 * not there after as long, and a handler that has not begun to answer.
 * @returns the middleware that watches each request
 */
export function limitTime(server: Server, seconds: number) {
  const milliseconds = seconds * 1000;
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = UPLOAD_MS;
  server.timeout = milliseconds;
  return (request: Request, response: Response, next: NextFunction): void => {
    response.once('timeout', () => giveUp(request, response));
    if (hasBody(request) && !request.is('multipart/form-data')) {
      const timer = setTimeout(() => giveUp(request, response), milliseconds);
      const done = () => clearTimeout(timer);
      request.once('end', done).once('close', done);
    }
    next();
  };
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function giveUp(request: Request, response: Response): void {
  if (response.headersSent) {
    request.socket.destroy();
    return;
  }
  const tooSlow = !request.complete;
  const body = {
    detail: tooSlow
      ? 'The request did not arrive in time.'
      : 'The answer was not ready in time. The request can be repeated.',
    correlation_id: correlationIdOf(request),
    error_code: tooSlow ? 'REQUEST_TIMEOUT' : 'ANSWER_TIMEOUT',
  };
  response.setHeader('Connection', 'close');
  response.status(tooSlow ? 408 : 503).json(body);
  response.once('finish', () => request.socket.destroySoon());
}
