import { Controller, Get, HttpException, Module, Param, Post, Body, Res } from '@nestjs/common';
import { Readable } from 'node:stream';
import { connect } from 'node:net';
import type { Response } from 'express';
import { IsInt, Max, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { DomainError } from '../../../src/common/domain-error';
import type { Problem } from '../../../src/common/problem.filter';
import { startTestApp, type TestApp } from '../../support/app';

class BusyError extends DomainError {
  constructor() {
    super('Run 7 is going on.', { code: 'BUSY', httpStatus: 409, extras: { run_id: 7, reason: 'one at a time' } });
  }
}

class InnerDto {
  @IsInt()
  @Max(10)
  multiplier: number;
}

class BodyDto {
  @ValidateNested()
  @Type(() => InnerDto)
  inner: InnerDto;
}

/** Routes that fail in each way a handler can. */
@Controller('api/failing')
class FailingController {
  @Get('domain')
  domain(): never {
    throw new BusyError();
  }

  @Get('unexpected')
  unexpected(): never {
    throw new Error('password=hunter2 at /srv/secret.ts');
  }

  @Get('gone')
  gone(): never {
    throw new HttpException('connect ECONNREFUSED', 500);
  }

  @Get('unreachable')
  unreachable(): never {
    throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' });
  }

  @Get('coded/:code')
  coded(@Param('code') code: string): never {
    throw Object.assign(new Error('relation "core.secret" at /srv/data'), { code });
  }

  @Get('nothing')
  nothing(): never {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a library may throw anything
    throw undefined;
  }

  @Get('stream')
  stream(@Res() response: Response): void {
    response.write('first ');
    const source = new Readable({ read: () => undefined });
    source.on('error', (error) => response.destroy(error));
    source.pipe(response);
    source.destroy(new Error('broke halfway'));
  }

  @Post('body')
  body(@Body() body: BodyDto): BodyDto {
    return body;
  }
}

@Module({ controllers: [FailingController] })
class FailingModule {}

describe('errors over HTTP', () => {
  let product: TestApp;
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${product.url}${path}`, init);
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Problem };
  };
  const post = (body: string, headers: Record<string, string> = { 'Content-Type': 'application/json' }) =>
    ask('/api/failing/body', { method: 'POST', body, headers });

  beforeAll(async () => {
    product = await startTestApp({ modules: [FailingModule] });
  });
  afterAll(() => product.close());

  it('are 404 with detail for a route that does not exist, in or out of /api, for any method', async () => {
    for (const [method, path] of [
      ['GET', '/api/nope'],
      ['GET', '/nope?x=1'],
      ['DELETE', '/api/prodplan/orders'],
      ['POST', '/api/health'],
      ['GET', '/'],
    ]) {
      const { status, body } = await ask(path, { method });
      expect(status).toBe(404);
      expect(body.detail).toBe(`There is no ${method} ${path.split('?')[0]}. The endpoints are listed at /docs.`);
      expect(body).toMatchObject({ correlation_id: expect.any(String), error_code: 'NOT_FOUND' });
    }
  });

  it('carry what the domain error owns: status, code and extra fields', async () => {
    const { status, body } = await ask('/api/failing/domain');
    expect(status).toBe(409);
    expect(body).toEqual({
      detail: 'Run 7 is going on.',
      correlation_id: expect.any(String),
      error_code: 'BUSY',
      run_id: 7,
      reason: 'one at a time',
    });
  });

  it.each(['unexpected', 'gone', 'nothing'])('are an opaque 500 for the unforeseen: %s', async (path) => {
    const { status, body } = await ask(`/api/failing/${path}`);
    expect(status).toBe(500);
    expect(body).toEqual({
      detail: expect.stringContaining('correlation_id'),
      correlation_id: expect.any(String),
      error_code: 'INTERNAL_ERROR',
    });
    expect(JSON.stringify(body)).not.toMatch(/hunter2|secret|ECONNREFUSED/);
  });

  it('are 503 when the database cannot be reached, the marker in error_code and not in detail', async () => {
    const { status, body } = await ask('/api/failing/unreachable');
    expect(status).toBe(503);
    expect(body.error_code).toBe('BACKEND_DEPENDENCY_DOWN');
    expect(body.detail).not.toContain('BACKEND_DEPENDENCY_DOWN');
    expect(body.detail).not.toContain('10.0.0.1');
  });

  it.each([
    ['a table that is not there', '42P01', 'BACKEND_DEPENDENCY_DOWN'],
    ['a deadlock', '40P01', 'BACKEND_DEPENDENCY_DOWN'],
    ['a full disk of the database', '53100', 'DATABASE_FULL'],
    ['a full disk of DATA_DIR', 'ENOSPC', 'DISK_FULL'],
  ])('are 503 for what passes without a restart: %s', async (_name, code, expected) => {
    const { status, body } = await ask(`/api/failing/coded/${code}`);
    expect(status).toBe(503);
    expect(body).toEqual({
      detail: expect.stringMatching(/can be repeated|Repeat the request/),
      correlation_id: expect.any(String),
      error_code: expected,
    });
    expect(body.detail).not.toMatch(/secret|srv/);
  });

  it('end a stream that has begun by breaking it, since its status is already sent', async () => {
    const answer = await fetch(`${product.url}/api/failing/stream`);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });

  it('are 400 for a body that is no JSON, and say where', async () => {
    const { status, body } = await post('{"inner": ');
    expect(status).toBe(400);
    expect(body.detail).toMatch(/^The body is not valid JSON: /);
    expect(body.correlation_id).not.toBe('');
  });

  it('are 413 for a body above the limit', async () => {
    const { status, body } = await post(JSON.stringify({ filler: 'x'.repeat(1_100_000) }));
    expect(status).toBe(413);
    expect(body).toMatchObject({
      detail: 'The body is larger than this endpoint takes.',
      error_code: 'BODY_TOO_LARGE',
    });
  });

  it('are 415 for a body in a charset or encoding nobody reads', async () => {
    const charset = await post('{}', { 'Content-Type': 'application/json; charset=iso-8859-1' });
    expect(charset).toMatchObject({ status: 415, body: { detail: 'The body must be UTF-8.' } });
    const encoding = await post('{}', { 'Content-Type': 'application/json', 'Content-Encoding': 'rot13' });
    expect(encoding.status).toBe(415);
  });

  it('are 400, never 422, for a body that breaks a rule, naming the nested field, its value and the rule', async () => {
    const { status, body } = await post(JSON.stringify({ inner: { multiplier: 12.5 } }));
    expect(status).toBe(400);
    expect(body.detail).toContain('inner.multiplier is 12.5: it ');
    expect(body.detail).toContain('must not be greater than 10');
    expect(body.detail).toContain('must be an integer number');
  });

  it('are 400 for a body nested so deep that reading it would end the stack', async () => {
    // 100,000 brackets, 200 kB: below the limit of a body's size.
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const response = await fetch(`${product.url}/api/failing/body`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: `{"inner":${deep}}`,
    });
    expect(response.status).toBe(400);
    expect(((await response.json()) as Problem).detail).toBe('The body nests more than 32 levels deep.');
  });

  it('do not echo a long value whole', async () => {
    const { body } = await post(JSON.stringify({ inner: { multiplier: 'y'.repeat(5000) } }));
    expect(body.detail.length).toBeLessThan(300);
  });

  it('take a GET with a JSON content type and no body, and an empty POST of length 0', async () => {
    const headers = { 'Content-Type': 'application/json' };
    expect((await fetch(`${product.url}/api/health`, { headers })).status).toBe(200);
    const empty = await fetch(`${product.url}/api/failing/body`, {
      method: 'POST',
      headers: { ...headers, 'Content-Length': '0' },
    });
    expect(empty.status).toBe(201);
  });

  it.each([
    '/api/prodplan/orders/%FF',
    '/api/prodplan/orders/%00',
    '/api/%00',
    '/%ff%fe',
    '/api/prodplan/orders?of_id=%FF&x%00=%C3%28&%=%',
    '/api/prodplan/orders?cursor=%00',
    '/api/health?%00',
    '/docs/%FF',
    '/api/api/%FF',
  ])('are never a 500 for null bytes and broken percent-encoding: %s', async (path) => {
    const answer = await fetch(`${product.url}${path}`);
    expect(answer.status).toBeLessThan(500);
    if (answer.status >= 400) expect(await answer.json()).toMatchObject({ detail: expect.any(String) });
  });

  it('are never a 500 for raw bytes in the request line', async () => {
    const { port } = new URL(product.url);
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(
          Buffer.from(
            'GET /api/prodplan/orders?of_id=\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
            'latin1',
          ),
        );
      });
      socket.on('data', (chunk) => (text += chunk.toString('latin1')));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400) /);
  });
});

describe('the correlation id', () => {
  let product: TestApp;
  const idsFor = async (headers: Record<string, string>) => {
    const answer = await fetch(`${product.url}/api/nope`, { headers });
    const body = (await answer.json()) as Problem;
    return [answer.headers.get('X-Request-Id'), body.correlation_id];
  };

  beforeAll(async () => {
    product = await startTestApp();
  });
  afterAll(() => product.close());

  it('is the X-Request-Id of the caller, in the header and in the body', async () => {
    expect(await idsFor({ 'X-Request-Id': 'page-42.a:b_c' })).toEqual(['page-42.a:b_c', 'page-42.a:b_c']);
  });

  it('is the trace id of traceparent when there is no X-Request-Id', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(await idsFor({ traceparent })).toEqual([
      '0af7651916cd43dd8448eb211c80319c',
      '0af7651916cd43dd8448eb211c80319c',
    ]);
  });

  it('is a new one when what came is not well-formed, and another for every request', async () => {
    const [first] = await idsFor({ 'X-Request-Id': 'a b"<script>' });
    const [second, inBody] = await idsFor({});
    expect(first).toMatch(/^[\da-f-]{36}$/);
    expect(second).toMatch(/^[\da-f-]{36}$/);
    expect(inBody).toBe(second);
    expect(second).not.toBe(first);
  });

  it('stands in the header of a good answer too', async () => {
    const answer = await fetch(`${product.url}/api/health`, { headers: { 'X-Request-Id': 'x1' } });
    expect(answer.headers.get('X-Request-Id')).toBe('x1');
  });
});

describe('CORS', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp({ env: { corsOrigins: ['http://localhost:5174'] } });
  });
  afterAll(() => product.close());

  it('answers the preflight of a GET with the headers the frontend sends', async () => {
    const answer = await fetch(`${product.url}/api/prodplan/orders`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://localhost:5174',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'content-type,x-api-key',
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('http://localhost:5174');
    expect(answer.headers.get('Access-Control-Allow-Headers')).toMatch(/Content-Type,X-API-Key/i);
  });

  it('serves a foreign origin without the permission to read, and never refuses it', async () => {
    const answer = await fetch(`${product.url}/api/health`, { headers: { Origin: 'http://elsewhere.example' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it('tells nothing of it to who comes from no page, and caches to keep the answers apart', async () => {
    const { headers } = await fetch(`${product.url}/api/health`);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers.get('Vary')).toContain('Origin');
    const asked = await fetch(`${product.url}/api/health`, { headers: { Origin: 'http://localhost:5174' } });
    expect(asked.headers.get('Vary')).toContain('Origin');
  });

  it('lets a page read the correlation id', async () => {
    const answer = await fetch(`${product.url}/api/health`, { headers: { Origin: 'http://localhost:5174' } });
    expect(answer.headers.get('Access-Control-Expose-Headers')).toContain('X-Request-Id');
  });
});
