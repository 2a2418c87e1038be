import type { Span, SpanAttributes } from '../common/tracing';
import { currentScope } from '../common/work-scope';

/** Under this key a job carries on whose account it was asked for; a handler never sees it. */
const ASKED_BY = 'asked_by';

/** On whose account a job was asked for. */
export interface AskedBy {
  readonly correlationId: string;
  /** W3C traceparent of the span that asked, where traces are asked for. */
  readonly traceparent?: string;
}

/** A job's payload with the account it is asked for on; the payload alone when nobody's (a schedule, the start). */
export function packed<T extends object>(payload: T, span?: Span): T {
  const scope = currentScope();
  if (scope === undefined) return payload;
  const { correlationId } = scope;
  const askedBy: AskedBy = span === undefined ? { correlationId } : { correlationId, traceparent: span.traceparent };
  return { ...payload, [ASKED_BY]: askedBy };
}

/** What packed put together; a job of an older build has no account. */
export function unpacked(data: object): { payload: object; askedBy: AskedBy | undefined } {
  const { [ASKED_BY]: askedBy, ...payload } = data as Record<string, unknown>;
  return { payload, askedBy: isAskedBy(askedBy) ? askedBy : undefined };
}

function isAskedBy(value: unknown): value is AskedBy {
  return typeof value === 'object' && value !== null && typeof (value as AskedBy).correlationId === 'string';
}

/** What a span says of the job it sends or does. */
export function messaging(queue: string, id: string): SpanAttributes {
  return { 'messaging.system': 'bullmq', 'messaging.destination.name': queue, 'messaging.message.id': id };
}
