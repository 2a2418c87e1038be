import { Writable } from 'node:stream';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { assignCorrelationId } from '../common/correlation-id';
import { withinScope } from '../common/work-scope';
import { pinoHttpOptions } from './logger.module';

/** What a server with these options logs of one request. */
async function logged(
  path: string,
  headers: Record<string, string>,
  level = 'info',
): Promise<Record<string, unknown>[]> {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const log = pinoHttp(pinoHttpOptions(level), sink);
  const server: Server = createServer((request, response) => {
    assignCorrelationId(request, response, () => undefined);
    log(request, response);
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).text();
  await new Promise((resolve) => server.close(resolve));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** What is written through a logger with these options. */
function written(write: (log: Logger) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  write(pinoHttp(pinoHttpOptions('info'), sink).logger);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the line a request leaves in the log', () => {
  it('has method, address, status, duration and the id of the answer', async () => {
    const [line] = await logged('/api/x?limit=5', { 'X-Request-Id': 'abc' });
    expect(line).toMatchObject({
      correlation_id: 'abc',
      req: { method: 'GET', url: '/api/x?limit=5' },
      res: { status: 200 },
      duration_ms: expect.any(Number),
      msg: expect.stringMatching(/^GET \/api\/x\?limit=5 200 \d+ ms$/),
    });
  });

  it('says on whose account a job wrote it', async () => {
    const scope = { correlationId: 'abc', endpoint: 'job x', job: { name: 'x', id: 'x-1' } };
    const [line] = await withinScope(scope, () => Promise.resolve(written((log) => log.info({ run_id: 7 }, 'done'))));
    expect(line).toMatchObject({ correlation_id: 'abc', job: 'x', job_id: 'x-1', run_id: 7, msg: 'done' });
    expect(written((log) => log.info('at start'))[0]).not.toHaveProperty('correlation_id');
  });

  it('never has the API key, neither of the header nor of the query', async () => {
    const lines = await logged('/api/ops/ingestion/run?api_key=topsecret', { 'X-API-Key': 'alsosecret' });
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toMatch(/topsecret|alsosecret/);
  });

  it.each(['/api/health', '/api/ops/health', '/api/api/health?x=1'])(
    'is left out for %s unless debugging',
    async (path) => {
      expect(await logged(path, {})).toEqual([]);
      expect(await logged(path, {}, 'debug')).toHaveLength(1);
    },
  );
});
