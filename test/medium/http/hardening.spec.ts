import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { startTestApp, type TestApp } from '../../support/app';
import { until } from '../../support/until';

@Controller('try')
class TriedController {
  constructor(private readonly dataSource: DataSource) {}

  @Get('statement')
  async statement() {
    await this.dataSource.query(
      "SELECT secret_column::integer FROM (VALUES ('secret value')) AS secret_table (secret_column)",
    );
  }

  @Get('no-table')
  async noTable() {
    await this.dataSource.query("SELECT secret_column FROM secret_table WHERE x = 'secret value'");
  }

  @Get('never')
  never() {
    return new Promise(() => undefined);
  }

  @Post('echo')
  echo(@Body() body: unknown) {
    return { body };
  }
}

@Module({ controllers: [TriedController] })
class TriedModule {}

async function open(url: string): Promise<{ socket: Socket; heard: () => string; closed: Promise<unknown> }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return { socket, heard: () => text, closed: once(socket, 'close') };
}

describe('what a stranger can send', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp({ modules: [TriedModule] });
  });
  afterAll(() => product.close());

  it('a body that is too large is a 413', async () => {
    const response = await fetch(`${product.url}/try/echo`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ x: 'y'.repeat(2_000_000) }),
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error_code: 'BODY_TOO_LARGE', detail: expect.any(String) });
  });

  it('an address that is too long is a 414', async () => {
    const response = await fetch(`${product.url}/api/prodplan/orders?of_id=${'9'.repeat(8_200)}`);
    expect(response.status).toBe(414);
    expect(await response.json()).toMatchObject({ error_code: 'URL_TOO_LONG', detail: expect.any(String) });
  });

  it('headers that say nothing about us and let no page frame or sniff an answer', async () => {
    const { headers } = await fetch(`${product.url}/api/health`);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it.each(['/docs', '/docs-json', '/ops/queues'])('%s: a page runs no script but ours', async (path) => {
    const { headers } = await fetch(`${product.url}${path}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('content-security-policy')).toMatch(/(script|default)-src 'self'/);
    expect(headers.get('content-security-policy')).not.toMatch(/(script|default)-src [^;]*'unsafe-/);
    expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
  });

  it('the documentation still works under them: its scripts are files of ours', async () => {
    const page = await (await fetch(`${product.url}/docs`)).text();
    expect([...page.matchAll(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/g)]).toEqual([]);
    const [, script] = /<script src="\.?\/?([^"]*swagger-ui-init\.js)"/.exec(page) ?? [];
    const init = await fetch(new URL(script, `${product.url}/docs`));
    expect(init.headers.get('content-type')).toContain('javascript');
    expect(await init.text()).toContain('/api/prodplan/orders');
  });

  it.each([
    ['statement', 500],
    // As while a migration has it away.
    ['no-table', 503],
  ])('a failed statement is answered without its text, its table, a stack or a path: %s', async (what, status) => {
    const response = await fetch(`${product.url}/try/${what}`);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toMatch(/secret|SELECT|node_modules|\.ts|\.js|\brelation|\bat \w+ \(/);
  });

  it.each(['x\r\nSet-Cookie: a=b', '"><script>', 'ü', ' ', 'a'.repeat(200)])(
    'an id of a request that is none of ours is not repeated: %j',
    async (id) => {
      const { socket, heard } = await open(product.url);
      socket.write(`GET /api/health HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${id}\r\nConnection: close\r\n\r\n`, 'latin1');
      await once(socket, 'end');
      expect(heard()).toMatch(/^HTTP\/1\.1 200 /);
      const [head] = heard().split('\r\n\r\n');
      expect(head).not.toMatch(/set-cookie|<script>|ü|a{200}/i);
      // What follows a line end is a header of the request and stays there; the id before it may be repeated.
      expect(head).toMatch(/\r\nX-Request-Id: (x|[\da-f-]{36})(\r\n|$)/);
    },
  );

  it('a page of a configured origin may ask with our headers, another may not', async () => {
    const preflight = (origin: string) =>
      fetch(`${product.url}/api/kpis/overview`, {
        method: 'OPTIONS',
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'GET',
          'Access-Control-Request-Headers': 'content-type,x-api-key',
        },
      });
    const ours = await preflight('http://localhost:5174');
    expect(ours.status).toBe(204);
    expect(ours.headers.get('access-control-allow-origin')).toBe('http://localhost:5174');
    expect(ours.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('content-type,x-api-key');
    expect((await preflight('http://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('nothing of it stops the service', async () => {
    expect((await fetch(`${product.url}/api/health`)).status).toBe(200);
  });
});

describe('what stands still', () => {
  let product: TestApp;
  beforeAll(async () => {
    // Any other answer may need as long on a busy machine: only these are asked for here.
    product = await startTestApp({ modules: [TriedModule], env: { requestTimeoutSeconds: 1 } });
  });
  afterAll(() => product.close());

  it('a body that does not arrive is a 408 and the end of the connection', async () => {
    const { socket, heard, closed } = await open(product.url);
    socket.write(
      'POST /try/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    // One byte a moment keeps the connection busy and the body unfinished.
    const drip = setInterval(() => socket.write(' '), 200);
    await closed;
    clearInterval(drip);
    expect(heard()).toMatch(/^HTTP\/1\.1 408 /);
    expect(heard()).toContain('"error_code":"REQUEST_TIMEOUT"');
  });

  it('a connection that says nothing is closed', async () => {
    const { closed } = await open(product.url);
    const began = performance.now();
    await closed;
    // After a second; Node itself would close it after 15 at the earliest, when no headers have come.
    expect(performance.now() - began).toBeLessThan(14_000);
  });

  it('an answer that is never ready is a 503 that says so', async () => {
    const response = await fetch(`${product.url}/try/never`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error_code: 'ANSWER_TIMEOUT', detail: expect.any(String) });
  });

  it('does not stop the service', async () => {
    await until(async () => (await fetch(`${product.url}/health/live`).catch(() => undefined))?.status === 200);
  });
});
