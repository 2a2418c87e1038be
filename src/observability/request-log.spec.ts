import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import express from 'express';
import { PinoLogger } from 'nestjs-pino';
import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { assignCorrelationId } from '../common/correlation-id';
import { RequestEnds } from '../common/request-ends';
import { withinScope } from '../common/work-scope';
import { logOptions } from './logger.module';
import { RequestLog } from './request-log';

/** What a server logs of one request; its handler logs a line of its own when it is asked to. */
async function logged(
  path: string,
  headers: Record<string, string>,
  level = 'info',
  abort = false,
): Promise<Record<string, unknown>[]> {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  // pino-http's, as in the product: it serialises fields called req and res in its own way.
  const { logger } = pinoHttp(logOptions(level), sink);
  const ends = new RequestEnds();
  new RequestLog(ends, { logger } as unknown as PinoLogger).onModuleInit();
  const over = new Promise<void>((resolve) => ends.observe(() => resolve()));
  const app = express();
  app.use(assignCorrelationId, ends.watch);
  const giveUp = new AbortController();
  app.get('/says', async (_request, response) => {
    await new Promise((resolve) => setImmediate(resolve));
    logger.info('said');
    response.send('ok');
  });
  app.get('/never', () => giveUp.abort());
  app.get('/broken', (_request, response) => void response.status(503).send('no'));
  app.use((_request, response) => void response.send('ok'));
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const asked = fetch(`http://127.0.0.1:${port}${path}`, { headers, signal: giveUp.signal }).then((answer) =>
    answer.text(),
  );
  if (abort) await expect(asked).rejects.toThrow();
  else await asked;
  await over;
  await new Promise((resolve) => server.close(resolve));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the line a request leaves in the log', () => {
  it('has method, address, status, duration and the id of the answer', async () => {
    const [line] = await logged('/api/x?limit=5', { 'X-Request-Id': 'abc' });
    expect(line).toMatchObject({
      level: 30,
      correlation_id: 'abc',
      req: { method: 'GET', url: '/api/x?limit=5' },
      status: 200,
      duration_ms: expect.any(Number),
      msg: expect.stringMatching(/^GET \/api\/x\?limit=5 200 \d+ ms$/),
    });
  });

  it('is an error where the answer is one of the server', async () => {
    expect(await logged('/broken', {})).toMatchObject([{ level: 50, status: 503 }]);
  });

  it('says so when nobody waited for the answer', async () => {
    const [line] = await logged('/never', {}, 'info', true);
    expect(line['msg']).toMatch(/^GET \/never given up after \d+ ms$/);
  });

  it('never has the API key, neither of the header nor of the query', async () => {
    const lines = await logged('/api/ops/ingestion/run?api_key=topsecret', { 'X-API-Key': 'alsosecret' });
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toMatch(/topsecret|alsosecret/);
  });

  it.each(['/api/health', '/api/ops/health', '/api/api/health?x=1', '/health/ready', '/metrics'])(
    'is left out for %s unless debugging',
    async (path) => {
      expect(await logged(path, {})).toEqual([]);
      expect(await logged(path, {}, 'debug')).toHaveLength(1);
    },
  );
});

/** What is written through a logger with the product's options. */
function written(write: (log: pino.Logger) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  write(pino(logOptions('info') as pino.LoggerOptions, sink));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('any other line', () => {
  it('says on whose account a job wrote it', async () => {
    const scope = { correlationId: 'abc', endpoint: 'job x', job: { name: 'x', id: 'x-1' } };
    const [line] = await withinScope(scope, () => Promise.resolve(written((log) => log.info({ run_id: 7 }, 'done'))));
    expect(line).toMatchObject({ correlation_id: 'abc', job: 'x', job_id: 'x-1', run_id: 7, msg: 'done' });
    expect(written((log) => log.info('at start'))[0]).not.toHaveProperty('correlation_id');
  });

  it('has the id of the request that is answered', async () => {
    expect(await logged('/says', { 'X-Request-Id': 'abc' })).toMatchObject([
      { msg: 'said', correlation_id: 'abc' },
      { correlation_id: 'abc', status: 200 },
    ]);
  });
});
