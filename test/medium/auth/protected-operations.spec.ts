import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateApiKey } from '../../../src/auth/keys/api-key';
import { ApiKeyStore } from '../../../src/auth/keys/api-key.store';
import { SCOPES, type Scope } from '../../../src/auth/scopes';
import { Clock } from '../../../src/common/clock';
import { startTestApp, type TestApp } from '../../support/app';

interface Operation {
  name: string;
  method: string;
  path: string;
  /** what the documentation says a key must have; none: everybody may */
  scope: Scope | undefined;
}

/** Every operation of the documentation, which another test keeps equal to what is served. */
const OPERATIONS: Operation[] = Object.entries(
  (
    JSON.parse(readFileSync(join(__dirname, '../../../docs/openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, { security?: Record<string, Scope[]>[] }>>;
    }
  ).paths,
).flatMap(([path, item]) =>
  Object.entries(item).map(([method, { security }]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path: path.replace(/\{\w+\}/g, '1'),
    scope: security?.[0]?.['api-key']?.[0],
  })),
);
const PROTECTED = OPERATIONS.filter(({ scope }) => scope !== undefined);

/** They only ask; what they ask is too long for an address. */
const QUESTIONS_WITH_A_BODY = [
  'POST /api/ml/predict/leadtime',
  'POST /api/ml/predict/risk',
  'POST /api/ml/explain/leadtime',
  'POST /api/ml/explain/risk',
];

describe('with keys required', () => {
  let product: TestApp;
  const keys = new Map<Scope, string>();

  beforeAll(async () => {
    product = await startTestApp({ env: { requireApiKey: true } });
    const store = product.app.get(ApiKeyStore, { strict: false });
    const now = product.app.get(Clock, { strict: false }).now();
    for (const scope of SCOPES) {
      keys.set(scope, (await store.create({ name: scope, scopes: [scope] }, now)).generated.key);
    }
  });
  afterAll(() => product.close());

  async function ask({ method, path }: Operation, key?: string): Promise<number> {
    const response = await fetch(product.url + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...(key === undefined ? {} : { 'X-API-Key': key }) },
      body: method === 'GET' ? undefined : '{}',
    });
    await response.body?.cancel();
    return response.status;
  }

  it('every operation that changes or costs names a scope', () => {
    const open = OPERATIONS.filter(({ method, scope }) => method !== 'GET' && scope === undefined);
    expect(open.map(({ name }) => name)).toEqual(QUESTIONS_WITH_A_BODY);
    expect(PROTECTED.length).toBeGreaterThan(8);
  });

  it.each(PROTECTED)('$name is a 401 without a key and with one that nobody gave out', async (operation) => {
    expect(await ask(operation)).toBe(401);
    expect(await ask(operation, generateApiKey().key)).toBe(401);
  });

  it.each(PROTECTED)('$name is a 403 with a key of any other scope', async (operation) => {
    const others = SCOPES.filter((scope) => scope !== operation.scope && scope !== 'admin');
    for (const scope of others) expect([scope, await ask(operation, keys.get(scope))]).toEqual([scope, 403]);
  });
});
