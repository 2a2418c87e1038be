import {
  ROOT_CONTEXT,
  type Span as OtelSpan,
  SpanKind as Kind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Span, SpanAttributes, SpanKind, Tracer } from '../common/tracing';

const KINDS: Readonly<Record<SpanKind, Kind>> = {
  server: Kind.SERVER,
  client: Kind.CLIENT,
  producer: Kind.PRODUCER,
  consumer: Kind.CONSUMER,
};
const TRACEPARENT = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(?:-.*)?$/;

/**
 * Spans to an OTLP receiver over HTTP, in batches. Parents are handed over by hand (request, statement, job carry them
 * along with their account), so that nothing is patched: the packages of Nest are ES modules, which hooks on `require`
 * never see.
 * @param endpoint as OTEL_EXPORTER_OTLP_ENDPOINT names it: the receiver's address without /v1/traces
 */
export class OtlpTracer implements Tracer {
  private readonly provider: NodeTracerProvider;

  constructor(endpoint: string, serviceName: string, role: string) {
    const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
    this.provider = new NodeTracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName, 'prodplan.role': role }),
      spanProcessors: [new BatchSpanProcessor(exporter)],
    });
  }

  start(name: string, kind: SpanKind, attributes: SpanAttributes, parent?: Span | string): Span {
    const context = contextOf(parent);
    const span = this.provider.getTracer('prodplan').startSpan(name, { kind: KINDS[kind], attributes }, context);
    return new OtlpSpan(span);
  }

  close(): Promise<void> {
    return this.provider.shutdown();
  }
}

class OtlpSpan implements Span {
  constructor(private readonly span: OtelSpan) {}

  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.span.spanContext();
    return `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  set(attributes: SpanAttributes): void {
    this.span.setAttributes(attributes);
  }

  end(error?: unknown): void {
    if (error !== undefined) {
      const message = error instanceof Error ? error.message : 'failed';
      this.span.setStatus({ code: SpanStatusCode.ERROR, message });
    }
    this.span.end();
  }
}

function contextOf(parent: Span | string | undefined): typeof ROOT_CONTEXT {
  if (parent === undefined) return ROOT_CONTEXT;
  const found = TRACEPARENT.exec(typeof parent === 'string' ? parent : parent.traceparent);
  if (!found) return ROOT_CONTEXT;
  const [, traceId, spanId, flags] = found;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED,
    isRemote: true,
  });
}
