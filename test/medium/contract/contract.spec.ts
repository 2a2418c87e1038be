import { startTestApp, type TestApp } from '../../support/app';
import { PROBLEM, type ContractCase } from '../../support/contract/contract-case';
import { CONTRACT } from '../../support/contract-shapes';
import { smallFactory } from '../../support/factory-workbook';
import { startIngestionApp } from '../../support/ingestion-app';
import { loadSample } from '../../support/sample-load';
import { violations } from '../../support/shape';
import { startRelayedApp } from '../../support/relayed-app';
import type { TcpRelay } from '../../support/tcp-relay';

/** An order and a product that are loaded. */
interface Known {
  of_id: string;
  produto_id: string;
}

const nameOf = ({ method = 'GET', path }: ContractCase) => `${method} ${path}`;
const named = (cases: readonly ContractCase[]) => cases.map((one) => [nameOf(one), one] as const);

/** Asks an endpoint, by its path or by another address of it. */
async function ask(
  url: string,
  one: ContractCase,
  { address = one.path, query = '', known }: { address?: string; query?: string; known?: Known } = {},
) {
  const { method = 'GET', body } = one;
  const path = address.replace(/\{(\w+)\}/g, (_, name: keyof Known) => known?.[name] ?? '1');
  const separator = path.includes('?') ? '&' : '?';
  const answer = await fetch(`${url}${path}${query === '' ? '' : `${separator}${query}`}`, {
    method,
    // The frontend sends the content type with every request, also where there is no body.
    headers: { 'Content-Type': 'application/json', Origin: 'http://localhost:5174' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

function expectShape(one: ContractCase, { status, body }: { status: number; body: unknown }): void {
  expect({ status, detail: status < 400 ? undefined : (body as { detail?: string }).detail }).toEqual({
    status: one.status ?? 200,
    detail: one.status === undefined ? undefined : expect.any(String),
  });
  expect(violations(one.shape, body)).toEqual([]);
}

function expectProblem({ status, body }: { status: number; body: unknown }, expected: number): void {
  expect({ status, body, wrong: violations(PROBLEM, body) }).toEqual({ status: expected, body, wrong: [] });
}

const lengths = ({ lists = [] }: ContractCase, body: Record<string, unknown>) =>
  Object.fromEntries(lists.map((name) => [name, (body[name] as unknown[]).length]));
const noRows = ({ lists = [] }: ContractCase) => Object.fromEntries(lists.map((name) => [name, 0]));

describe('while nothing is loaded', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp();
  });
  afterAll(() => product.close());

  it.each(named(CONTRACT.filter((one) => !one.needsData)))(
    '%s answers in its shape, with empty lists and without as_of',
    async (_, one) => {
      const answer = await ask(product.url, one);
      expectShape({ ...one, ...one.whileEmpty }, answer);
      expect(lengths(one, answer.body)).toEqual(noRows(one));
      expect(answer.body).not.toHaveProperty('as_of');
    },
  );

  it.each(named(CONTRACT.filter((one) => one.needsData)))('%s is a 404 with detail', async (_, one) => {
    expectProblem(await ask(product.url, one), 404);
  });
});

/** Other addresses of the same answer; a base address that ends in /api makes /api/api of every path. */
function addressesOf({ path, aliases = [] }: ContractCase): string[] {
  return path.startsWith('/api/') ? [`/api${path}`, ...aliases] : [...aliases];
}

/** What holds of every loaded factory. */
function itKeepsTheContract(loaded: () => { url: string; known: Known }): void {
  const queries = CONTRACT.flatMap((one) => ['', ...(one.queries ?? [])].map((query) => ({ one, query })));
  it.each(queries.map(({ one, query }) => [nameOf(one), query, one] as const))(
    '%s answers %p in its shape',
    async (_, query, one) => {
      const { url, known } = loaded();
      expectShape(one, await ask(url, one, { query, known }));
    },
  );

  const aliases = CONTRACT.flatMap((one) => addressesOf(one).map((address) => ({ one, address })));
  it.each(aliases.map(({ one, address }) => [address, nameOf(one), one] as const))(
    '%s is the answer of %s',
    async (address, _, one) => {
      const { url, known } = loaded();
      const [first, second] = [await ask(url, one, { known }), await ask(url, one, { address, known })];
      expectShape(one, second);
      if (!one.isLive) expect(withoutCorrelation(second.body)).toEqual(withoutCorrelation(first.body));
    },
  );
}

/** Errors carry the number of their request. */
function withoutCorrelation(body: Record<string, unknown>): Record<string, unknown> {
  return { ...body, correlation_id: undefined };
}

describe('after a workbook that fits on a page', () => {
  let product: TestApp;
  beforeAll(async () => {
    const app = await startIngestionApp();
    await app.load(smallFactory());
    product = app;
  });
  afterAll(() => product.close());

  itKeepsTheContract(() => ({ url: product.url, known: { of_id: '2', produto_id: '100' } }));
});

describe('after the sample', () => {
  let product: TestApp;
  let known: Known;
  beforeAll(async () => {
    product = (await loadSample()).app;
    const { rows } = await product.sql.query<Known>(
      `SELECT of_id::text, of_produto_id::text AS produto_id FROM core.ordens_fabrico
       JOIN core.fases_standard_modelos ON produto_id = of_produto_id ORDER BY of_id LIMIT 1`,
    );
    known = rows[0];
  });
  afterAll(() => product.close());

  itKeepsTheContract(() => ({ url: product.url, known }));

  it.each(named(CONTRACT.filter((one) => one.lists)))('%s has rows to check', async (_, one) => {
    const { body } = await ask(product.url, one, { known });
    const { mayBeEmpty = [] } = one;
    const empty = Object.entries(lengths(one, body)).filter(([, length]) => length === 0);
    expect(empty.map(([name]) => name).filter((name) => !mayBeEmpty.includes(name))).toEqual([]);
  });

  const unmatched = CONTRACT.flatMap((one) => (one.unmatched ?? []).map((query) => [nameOf(one), query, one] as const));
  it.each(unmatched)('%s finds nothing for %p, which is no error', async (_, query, one) => {
    const answer = await ask(product.url, one, { query, known });
    expectShape(one, answer);
    expect(lengths(one, answer.body)).toEqual(noRows(one));
  });

  const refused = CONTRACT.flatMap((one) => (one.refused ?? []).map((query) => [nameOf(one), query, one] as const));
  it.each(refused)('%s refuses %p with a 400 and its reason', async (_, query, one) => {
    expectProblem(await ask(product.url, one, { query, known }), 400);
  });

  it.each([
    '/api/prodplan/orders/abc1',
    '/api/prodplan/orders/abc1/phases',
    '/api/prodplan/orders/987654321',
    '/api/nothing',
  ])('GET %s is a 404 with detail', async (path) => {
    expectProblem(await ask(product.url, { path, shape: PROBLEM }), 404);
  });
});

describe('while the database is away', () => {
  let product: TestApp;
  let relay: TcpRelay;
  beforeAll(async () => {
    ({ product, relay } = await startRelayedApp());
    await relay.refuse();
  });
  afterAll(async () => {
    await relay.open();
    await product.close();
    await relay.refuse();
  });

  it.each(named(CONTRACT))('%s says so in its body', async (_, one) => {
    const answer = await ask(product.url, one);
    if (one.standsAlone) expectShape(one, answer);
    else expectProblem(answer, 503);
  });
});
