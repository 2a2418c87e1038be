import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smallFactory, writeFactory } from '../../support/factory-workbook';
import { startProduct } from '../../support/product-process';
import { createTestDatabase } from '../../support/test-database';

// A busy machine needs many times the seconds of a start.
jest.setTimeout(180_000);

interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  role: string;
  attributes: Record<string, unknown>;
}

interface OtlpAttribute {
  key: string;
  value: { stringValue?: string; intValue?: number };
}

interface OtlpBody {
  resourceSpans: {
    resource: { attributes: OtlpAttribute[] };
    scopeSpans: { spans: (Omit<ReceivedSpan, 'attributes' | 'role'> & { attributes: OtlpAttribute[] })[] }[];
  }[];
}

const flat = (attributes: readonly OtlpAttribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));

/** An OTLP receiver that keeps what it is sent. */
async function startReceiver(): Promise<{ url: string; spans: ReceivedSpan[]; close(): Promise<void> }> {
  const spans: ReceivedSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      expect(request.url).toBe('/v1/traces');
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString()) as OtlpBody;
      for (const { resource, scopeSpans } of resourceSpans) {
        const role = String(flat(resource.attributes)['prodplan.role']);
        for (const span of scopeSpans.flatMap((scope) => scope.spans)) {
          spans.push({ ...span, role, attributes: flat(span.attributes) });
        }
      }
      response.setHeader('Content-Type', 'application/json').end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

it('follows a request through the API, its statements, the queue, the worker and the statements of the load in one trace', async () => {
  const receiver = await startReceiver();
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'prodplan-traces-'));
  await writeFactory(join(dataDir, 'w.xlsx'), smallFactory());
  const shared = {
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    READ_THREADS: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
  };
  const api = startProduct({ ...shared, ROLE: 'api' });
  const worker = startProduct({ ...shared, ROLE: 'worker' });
  const [, url] = await api.says(/Listening on (http:\/\/127\.0\.0\.1:\d+) /);
  // A worker that starts queues what it finds waiting, and knows of no trace.
  await worker.says(/Working \(role worker\)/);
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const caller = 'b7ad6b7169203331';
  const answer = await fetch(`${url}/api/ingestion/run`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', traceparent: `00-${traceId}-${caller}-01` },
    body: JSON.stringify({ path: 'w.xlsx' }),
  });
  expect(answer.status).toBe(202);
  await worker.says(/"msg":"load published"/);
  for (const { child, ended, out, err } of [api, worker]) {
    child.kill('SIGTERM');
    expect({ ...(await ended), out: out().slice(-3000), err: err() }).toMatchObject({ signal: 'SIGTERM' });
  }

  const ours = receiver.spans.filter((span) => span.traceId === traceId);
  const named = (name: string): ReceivedSpan => {
    const found = ours.find((span) => span.name === name);
    if (!found) throw new Error(`no span ${name} among ${ours.map((span) => span.name).join(', ')}`);
    return found;
  };
  const request = named('POST /api/ingestion/run');
  expect(request).toMatchObject({ role: 'api', parentSpanId: caller });
  expect(request.attributes).toMatchObject({ 'http.request.method': 'POST', 'http.response.status_code': 202 });
  expect(named('db insert_run')).toMatchObject({ role: 'api', parentSpanId: request.spanId });
  const sent = named('send ingestion.load');
  expect(sent).toMatchObject({ role: 'api', parentSpanId: request.spanId });
  const done = named('process ingestion.load');
  expect(done).toMatchObject({ role: 'worker', parentSpanId: sent.spanId });
  expect(done.attributes).toMatchObject({ 'messaging.system': 'bullmq', 'messaging.destination.name': 'ingestion' });
  expect(named('db complete_run')).toMatchObject({
    role: 'worker',
    parentSpanId: done.spanId,
    attributes: { 'db.system.name': 'postgresql' },
  });
  // What the load asks for afterwards belongs to it.
  expect(named('send analytics.refresh-views')).toMatchObject({ parentSpanId: done.spanId });

  await receiver.close();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

it('loads no SDK and no exporter while no receiver is named', async () => {
  const database = await createTestDatabase();
  const started = startProduct({
    DATABASE_URL: database.url,
    // Node says of every module that it reads.
    NODE_DEBUG: 'module',
  });
  await started.says(/Listening on/);
  started.child.kill('SIGTERM');
  await started.ended;
  expect(started.err()).toContain('nestjs-pino');
  // prom-client looks for the API itself, which does nothing alone.
  expect(started.err().match(/@opentelemetry\/(sdk|exporter|resources)[a-z-]*/)).toBeNull();
  await database.drop();
});
