import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** The header a correlation id arrives in and is answered in. */
export const CORRELATION_HEADER = 'X-Request-Id';

// A short plain alphabet: the value is written to logs and echoed in a header, where quotes or line ends could forge.
const WELL_FORMED = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-.*)?$/;

/**
 * The id that ties a request to its log lines: the caller's X-Request-Id, else the trace id of its W3C traceparent,
 * each only when well-formed, else a new one.
 */
export function chooseCorrelationId(headers: IncomingHttpHeaders, generate: () => string = randomUUID): string {
  const given = headers['x-request-id'];
  if (typeof given === 'string' && WELL_FORMED.test(given)) return given;
  const trace = headers['traceparent'];
  const traceId = typeof trace === 'string' ? TRACEPARENT.exec(trace)?.[1] : undefined;
  return traceId ?? generate();
}

type Identified = IncomingMessage & { id?: unknown };

/** The first middleware: what fails later, body parsing included, already has its id. */
export function assignCorrelationId(request: Identified, response: ServerResponse, next: () => void): void {
  const id = chooseCorrelationId(request.headers);
  request.id = id;
  response.setHeader(CORRELATION_HEADER, id);
  next();
}

/** The id assignCorrelationId gave the request. */
export function correlationIdOf(request: Identified): string {
  return typeof request.id === 'string' ? request.id : '';
}
