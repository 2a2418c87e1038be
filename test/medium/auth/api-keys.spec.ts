import { once } from 'node:events';
import { connect } from 'node:net';
import { Controller, Get, Module, Post, UseGuards } from '@nestjs/common';
import { ApiKeyGuard } from '../../../src/auth/api-key.guard';
import { ApiKeyStore } from '../../../src/auth/keys/api-key.store';
import { generateApiKey } from '../../../src/auth/keys/api-key';
import { RequireScope } from '../../../src/auth/require-scope';
import { type Scope, SCOPES } from '../../../src/auth/scopes';
import { Clock, FixedClock } from '../../../src/common/clock';
import { startTestApp, type TestApp } from '../../support/app';
import { until } from '../../support/until';

/** One endpoint per scope, and one whose author named none. */
@Controller('try')
class TriedController {
  @Post('read')
  @RequireScope('read')
  read() {
    return {};
  }

  @Post('ingest')
  @RequireScope('ingest')
  ingest() {
    return {};
  }

  @Post('simulate')
  @RequireScope('simulate')
  simulate() {
    return {};
  }

  @Post('train')
  @RequireScope('train')
  train() {
    return {};
  }

  @Post('admin')
  @RequireScope('admin')
  admin() {
    return {};
  }

  @Post('unnamed')
  @UseGuards(ApiKeyGuard)
  unnamed() {
    return {};
  }

  @Post('breaks')
  @RequireScope('train')
  breaks() {
    throw new Error('on purpose');
  }

  @Get('open')
  open() {
    return {};
  }
}

@Module({ controllers: [TriedController] })
class TriedModule {}

const NOW = new Date('2026-01-05T08:00:00Z');
const HOUR_MS = 3_600_000;

interface Entry extends Record<string, unknown> {
  outcome: string;
}

/** What the audit log holds of a request now. Refusals, and how a call ended, are written beside its answer. */
async function entriesNow({ sql }: TestApp, correlationId: string): Promise<Entry[]> {
  const { rows } = await sql.query<Entry>('SELECT * FROM ops.audit_log WHERE correlation_id = $1 ORDER BY audit_id', [
    correlationId,
  ]);
  return rows;
}

/** The same once something is there and all of it has ended. */
async function entries(product: TestApp, correlationId: string): Promise<Entry[]> {
  let found: Entry[] = [];
  await until(async () => {
    found = await entriesNow(product, correlationId);
    return found.length > 0 && found.every(({ outcome }) => outcome !== 'STARTED');
  });
  return found;
}

describe('API keys', () => {
  let product: TestApp;
  let store: ApiKeyStore;
  const clock = new FixedClock(NOW);

  beforeAll(async () => {
    product = await startTestApp({
      modules: [TriedModule],
      env: { requireApiKey: true, apiKey: 'of-the-environment', requireReadKey: true },
      override: (builder) => builder.overrideProvider(Clock).useValue(clock),
    });
    store = product.app.get(ApiKeyStore, { strict: false });
  });
  afterAll(() => product.close());
  // The next test's readings are fresh ones.
  afterEach(() => clock.advance(10_000));

  async function create(name: string, ...scopes: Scope[]): Promise<string> {
    return (await store.create({ name, scopes }, clock.now())).generated.key;
  }

  async function post(path: string, key?: string, headers: Record<string, string> = {}) {
    const response = await fetch(product.url + path, {
      method: 'POST',
      headers: { ...(key === undefined ? {} : { 'X-API-Key': key }), ...headers },
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it.each(SCOPES)('with the scope %s open what it names and nothing else', async (scope) => {
    const key = await create(`only-${scope}`, scope);
    const statuses: [string, number][] = [];
    for (const path of [...SCOPES, 'unnamed']) statuses.push([path, (await post(`/try/${path}`, key)).status]);
    const opened = statuses.filter(([, status]) => status === 201).map(([path]) => path);
    expect(opened).toEqual(scope === 'admin' ? [...SCOPES, 'unnamed'] : [scope]);
    expect(new Set(statuses.map(([, status]) => status))).toEqual(new Set(scope === 'admin' ? [201] : [201, 403]));
  });

  it('answer 403 with the scope that is missing', async () => {
    const { body } = await post('/try/train', await create('reader', 'read'));
    expect(body).toMatchObject({
      error_code: 'SCOPE_MISSING',
      scope: 'train',
      detail: expect.stringContaining('train'),
    });
  });

  it('answer one 401 in the same words to what is unknown, expired, revoked or malformed', async () => {
    const expired = (
      await store.create(
        { name: 'expired', scopes: ['admin'], expiresAt: new Date(clock.now().getTime() + HOUR_MS) },
        clock.now(),
      )
    ).generated.key;
    const revoked = await create('revoked', 'admin');
    await store.revoke('revoked', clock.now());
    expect((await post('/try/admin', expired)).status).toBe(201);
    clock.advance(HOUR_MS);
    const malformed = `${expired.slice(0, -1)}${expired.endsWith('0') ? '1' : '0'}`;
    const answers = [];
    for (const key of [generateApiKey().key, expired, revoked, malformed, 'dev-key', `${revoked} `.repeat(50)]) {
      const { status, body } = await post('/try/admin', key);
      const { correlation_id, ...rest } = body;
      expect(correlation_id).toEqual(expect.any(String));
      answers.push({ status, ...rest });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual({
      status: 401,
      error_code: 'API_KEY_INVALID',
      detail: 'The API key is not valid. Send a valid one as the header X-API-Key or as ?api_key=.',
    });
  });

  it.each(['?api_key=a&api_key=b', '?api_key[x]=1', '?api_key[]=a'])(
    'take no list or object for one: %s',
    async (query) => {
      expect((await post(`/try/admin${query}`)).status).toBe(401);
    },
  );

  it('stop to count within two seconds of their revocation', async () => {
    const key = await create('short-lived', 'simulate');
    expect((await post('/try/simulate', key)).status).toBe(201);
    await store.revoke('short-lived', clock.now());
    clock.advance(2_000);
    expect((await post('/try/simulate', key)).status).toBe(401);
  });

  it('are rotated with both counting for as long as was asked for', async () => {
    const old = await create('rotated', 'ingest');
    const oldUntil = new Date(clock.now().getTime() + HOUR_MS);
    const { generated } = await store.rotate('rotated', { now: clock.now(), oldUntil });
    expect((await post('/try/ingest', old)).status).toBe(201);
    expect((await post('/try/ingest', generated.key)).status).toBe(201);
    clock.advance(HOUR_MS);
    expect((await post('/try/ingest', old)).status).toBe(401);
    expect((await post('/try/ingest', generated.key)).status).toBe(201);
  });

  it('of one name count once; revoking the name ends the replaced one too', async () => {
    const old = await create('twice', 'ingest');
    await expect(create('twice', 'ingest')).rejects.toMatchObject({ code: 'KEY_NAME_TAKEN' });
    await store.rotate('twice', { now: clock.now(), oldUntil: new Date(clock.now().getTime() + HOUR_MS) });
    expect(await store.revoke('twice', clock.now())).toBe(2);
    expect((await post('/try/ingest', old)).status).toBe(401);
    await expect(store.revoke('twice', clock.now())).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
    expect(await create('twice', 'ingest')).toEqual(expect.any(String));
  });

  it('are stored without anything that would let somebody use them', async () => {
    const key = await create('stored', 'read');
    const { rows } = await product.sql.query<{ row: string }>(
      `SELECT to_jsonb(k)::text AS row FROM ops.api_keys k WHERE name = 'stored'`,
    );
    // Of the 43 characters of the secret, four are shown; of the checksum, its last four.
    for (let at = 'prodplan_'.length; at + 6 <= key.length; at += 1) {
      expect(rows[0].row).not.toContain(key.slice(at, at + 6));
    }
  });

  it('show when they were last used', async () => {
    const key = await create('used', 'simulate');
    await post('/try/simulate', key);
    // Written beside the answer.
    const lastUsed = async () => (await store.list()).find(({ name }) => name === 'used')?.last_used_at;
    await until(async () => (await lastUsed()) !== null);
    expect(await lastUsed()).toEqual(clock.now());
  });

  it('of the environment open everything, as a header and in the query', async () => {
    for (const scope of SCOPES) expect((await post(`/try/${scope}`, 'of-the-environment')).status).toBe(201);
    expect((await post('/try/admin?api_key=of-the-environment')).status).toBe(201);
    expect((await post('/try/admin?api_key=of-the-environment', 'another')).status).toBe(401);
  });

  it('are asked of readers too where REQUIRE_READ_KEY says so, but not of those who supervise', async () => {
    const reader = await create('dashboard', 'read');
    const get = (path: string, key?: string) =>
      fetch(product.url + path, { headers: key === undefined ? {} : { 'X-API-Key': key } });
    expect((await get('/try/open')).status).toBe(401);
    expect((await get('/api/ops/feature-gates', await create('loader', 'ingest'))).status).toBe(403);
    expect((await get('/api/ops/feature-gates', reader)).status).toBe(200);
    for (const path of ['/api/health', '/api/ops/health', '/metrics']) expect((await get(path)).status).toBe(200);
  });

  describe('leave a trace in the audit log', () => {
    it('of who called what, from where, when, and how it ended', async () => {
      const key = await create('auditor-reads-this', 'simulate');
      await post('/try/simulate?note=1', key, { 'X-Request-Id': 'call-1' });
      expect(await entries(product, 'call-1')).toEqual([
        {
          audit_id: expect.any(Number),
          at: clock.now(),
          actor: 'auditor-reads-this',
          key_id: expect.any(Number),
          scope: 'simulate',
          action: 'POST',
          target: '/try/simulate?note=1',
          ip: '127.0.0.1',
          correlation_id: 'call-1',
          outcome: 'OK',
          status: 201,
          duration_ms: expect.any(Number),
        },
      ]);
    });

    it.each([
      ['a failure', 'breaks', 'of-the-environment', { actor: 'API_KEY', outcome: 'FAILED', status: 500 }],
      ['a wrong key', 'train', 'dev-key', { actor: 'unknown', outcome: 'UNAUTHENTICATED', status: 401 }],
    ])('of %s', async (_name, path, key, expected) => {
      const id = `trace-${path}`;
      await post(`/try/${path}`, key, { 'X-Request-Id': id });
      expect(await entries(product, id)).toMatchObject([expected]);
    });

    it('of a right key that may not', async () => {
      const key = await create('curious', 'read');
      await post('/try/train', key, { 'X-Request-Id': 'curious-1' });
      expect(await entries(product, 'curious-1')).toMatchObject([
        { actor: 'curious', scope: 'train', outcome: 'FORBIDDEN', status: 403 },
      ]);
    });

    it('of a call that was cut off', async () => {
      const { hostname, port } = new URL(product.url);
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      // The body that is announced never comes.
      socket.write(
        [
          'POST /api/ingestion/upload HTTP/1.1',
          'Host: x',
          'X-API-Key: of-the-environment',
          'X-Request-Id: cut-1',
          'Content-Type: multipart/form-data; boundary=b',
          'Content-Length: 1000000',
          '\r\n',
        ].join('\r\n'),
      );
      await until(async () => (await entriesNow(product, 'cut-1')).length > 0);
      expect(await entriesNow(product, 'cut-1')).toMatchObject([{ outcome: 'STARTED', status: null }]);
      socket.destroy();
      expect(await entries(product, 'cut-1')).toMatchObject([{ outcome: 'ABORTED', status: null }]);
    });

    it('without any key that was sent', async () => {
      const sent = generateApiKey().key;
      await post(`/try/admin?api_key=${sent}`, undefined, { 'X-Request-Id': 'secret-1' });
      const [entry] = await entries(product, 'secret-1');
      expect(entry.target).toBe('/try/admin?api_key=***');
      const { rows } = await product.sql.query<{ log: string }>(
        'SELECT string_agg(to_jsonb(a)::text, chr(10)) AS log FROM ops.audit_log a',
      );
      expect(rows[0].log).not.toContain(sent);
      expect(rows[0].log).not.toContain('of-the-environment');
    });
  });
});

describe('a product that asks for no key', () => {
  it('examines none, not even a wrong one, and still records who called', async () => {
    const product = await startTestApp({ modules: [TriedModule] });
    const response = await fetch(`${product.url}/try/admin`, {
      method: 'POST',
      headers: { 'X-API-Key': 'dev-key', 'X-Request-Id': 'open-1' },
    });
    expect(response.status).toBe(201);
    await response.text();
    expect(await entries(product, 'open-1')).toMatchObject([{ actor: 'open', outcome: 'OK' }]);
    await product.close();
  });
});
