/** What a span is of, in OpenTelemetry's words. */
export type SpanKind = 'server' | 'client' | 'producer' | 'consumer';

export type SpanAttributes = Readonly<Record<string, string | number>>;

/** A part of a trace that is going on. */
export interface Span {
  /** W3C traceparent that makes what another process does a part of the same trace. */
  readonly traceparent: string;
  rename(name: string): void;
  set(attributes: SpanAttributes): void;
  /** @param error what it failed of, if it did */
  end(error?: unknown): void;
}

/** Where spans go. */
export interface Tracer {
  /** @param parent the span it is a part of, or the traceparent of another process; else it begins a trace */
  start(name: string, kind: SpanKind, attributes: SpanAttributes, parent?: Span | string): Span;
  /** Sends what has ended and not been sent. */
  close(): Promise<void>;
}

let installed: Tracer | undefined;

/** The process's tracer; undefined unless traces are asked for, and then nothing of OpenTelemetry is loaded. */
export function tracer(): Tracer | undefined {
  return installed;
}

/** Called once, before anything is done that should be traced. */
export function installTracer(wanted: Tracer | undefined): void {
  installed = wanted;
}
