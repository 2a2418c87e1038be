import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { startTestApp, type TestApp } from '../../support/app';

interface Schema {
  $ref?: string;
  type?: string;
  description?: string;
  example?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  allOf?: Schema[];
  items?: Schema;
}

describe('the documentation', () => {
  let product: TestApp;
  let document: OpenAPIObject;
  const schema = (name: string) =>
    (document.components?.schemas?.[name] ?? {}) as Schema & Required<Pick<Schema, 'properties'>>;
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(
        item as Record<string, { summary?: string; tags?: string[]; responses?: Record<string, unknown> }>,
      ).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, ...operation })),
    );

  beforeAll(async () => {
    product = await startTestApp();
    document = (await (await fetch(`${product.url}/docs-json`)).json()) as OpenAPIObject;
  });
  afterAll(() => product.close());

  it('is a page at /docs with its scripts and styles from this service, since a factory may have no internet', async () => {
    const html = await (await fetch(`${product.url}/docs`)).text();
    expect(html).toContain('PRODPLAN API');
    const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      expect(asset).not.toMatch(/^(https?:)?\/\//);
      expect((await fetch(new URL(asset, `${product.url}/docs`))).status).toBe(200);
    }
  });

  it('is kept in docs/openapi.json as it is served (npm run openapi writes it)', () => {
    const kept = readFileSync(join(__dirname, '../../../docs/openapi.json'), 'utf8');
    expect(document).toEqual(JSON.parse(kept));
  });

  it('has every endpoint that the guide by examples asks', () => {
    const guide = readFileSync(join(__dirname, '../../../docs/api.md'), 'utf8');
    const asked = [...guide.matchAll(/localhost:8000(\/api[\w/]*)/g)].map((match) => match[1]);
    const patterns = Object.keys(document.paths).map((path) => new RegExp(`^${path.replace(/\{\w+\}/g, '\\w+')}$`));
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((path) => !patterns.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it('has the endpoints of orders, routes and health', () => {
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/prodplan/orders',
        '/api/prodplan/orders/{of_id}',
        '/api/prodplan/orders/{of_id}/phases',
        '/api/prodplan/routes/{produto_id}',
        '/api/health',
        '/api/ops/health',
      ]),
    );
  });

  it('gives every operation a summary, a tag that is described, and a documented success or why there is none', () => {
    const tags = document.tags?.map((tag) => tag.name) ?? [];
    for (const { name, summary, tags: own, responses } of operations()) {
      expect({ name, summary: typeof summary, tagged: own?.every((tag) => tags.includes(tag)) }).toEqual({
        name,
        summary: 'string',
        tagged: true,
      });
      expect({ name, ok: Object.keys(responses ?? {}).some((status) => /^2|^422$/.test(status)) }).toEqual({
        name,
        ok: true,
      });
    }
  });

  it('documents the errors of orders and routes as the one error body', () => {
    for (const { name, path, responses } of operations()) {
      if (!path.startsWith('/api/prodplan')) continue;
      const statuses = Object.keys(responses ?? {});
      expect({ name, statuses }).toEqual({ name, statuses: expect.arrayContaining(['200', '503']) });
      expect(JSON.stringify(responses)).toContain('#/components/schemas/ProblemDto');
    }
  });

  /** Fields of all models, as Model.field, that a test finds fault with. */
  const fieldsWhere = (fault: (property: Schema) => boolean) =>
    Object.entries(document.components?.schemas ?? {}).flatMap(([name, model]) =>
      Object.entries((model as Schema).properties ?? {})
        .filter(([, property]) => fault(property))
        .map(([field]) => `${name}.${field}`),
    );

  it('says in words what every field of every model is', () => {
    expect(fieldsWhere(({ description = '' }) => description.trim() === '')).toEqual([]);
  });

  it('never types a field as an object of nothing, which is what a forgotten type becomes', () => {
    const ways = ['additionalProperties', 'properties', 'description'];
    expect(fieldsWhere((property) => property.type === 'object' && !ways.some((way) => way in property))).toEqual([]);
  });

  it('tells nullable from optional as the contract does', () => {
    const order = schema('OrderDto');
    expect(order.required).toEqual(
      expect.arrayContaining(['of_data_acabamento', 'of_produto_id', 'eta', 'due_date', 'status']),
    );
    expect(order.properties['of_id'].type).toBe('string');
    expect(order.properties['of_data_acabamento']).toMatchObject({ nullable: true });
    expect(order.properties['status'].enum).toEqual(['CREATED', 'IN_PROGRESS', 'DONE', 'LATE', 'AT_RISK']);
    const list = schema('OrderListDto');
    expect(list.required).not.toEqual(expect.arrayContaining(['total']));
    expect(list.required).not.toEqual(expect.arrayContaining(['generated_at']));
    expect(list.properties['generated_at']).not.toHaveProperty('nullable');
  });

  it('states the bounds of limit', () => {
    const parameters = document.paths['/api/prodplan/orders'].get?.parameters;
    const limit = parameters?.find((parameter) => 'name' in parameter && parameter.name === 'limit');
    expect(limit).toMatchObject({
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 1000, default: 50 },
    });
  });

  it('tells what a query must have from what it may have', () => {
    expect(document.paths['/api/whatif/compare'].get?.parameters).toEqual(
      ['a', 'b'].map((name) => expect.objectContaining({ in: 'query', name, required: true })),
    );
  });
});
