import fc, { type Arbitrary } from 'fast-check';
import { resolved, type Document, type Operation, type Parameter, type Schema } from './document';
import type { Existing } from './existing';

/** One request, as it goes over the wire. */
export interface FuzzRequest {
  operation: Operation;
  /** path and query, encoded */
  target: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** whether it carries the right key */
  hasKey: boolean;
}

/** What people, programs and attackers type where a value belongs. */
const HOSTILE: readonly string[] = [
  '', ' ', '0', '-0', '-1', '1', '1.5', '1e3', '1e309', '007', '0x10', '+1', '１２', '9007199254740993',
  '2147483648', '-2147483649', '9'.repeat(400), 'NaN', 'Infinity', 'null', 'undefined', 'true', 'NULL', '[]', '{}',
  '[object Object]', "' OR 1=1 --", '"; DROP TABLE core.modelos; --', '$1', '%s%n', '../../etc/passwd', '/etc/passwd',
  'C:\\x', 'file:///etc/passwd', '<script>alert(1)</script>', '\u0000', 'a\u0000b', 'a\r\nSet-Cookie: x=1', '\u202e',
  '😀', '\ud800', 'e\u0301', 'İ', '2025-02-30', '2025-13-01', '0000-01-01', '0001-01-01', '9999-12-31', '275760-09-13',
  '+275760-09-14T00:00:00Z', '2025-03-30T01:30', '2025-10-26T01:30', '2025-01-01T24:00', '2025-06-30T23:59:60Z',
  '2025-01-01T00:00:00+99:00', '1735689600', '31/12/2025', '__proto__', 'constructor', 'toString', 'a'.repeat(3000),
]; // prettier-ignore

/** Percent-encodings that decode to nothing proper. */
const BROKEN_ENCODINGS: readonly string[] = ['%', '%zz', '%ff', '%c0%ae', '%00', '%u0041', '%ed%a0%80'];

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

/** @param key the key that opens what is protected */
export function requestArbitrary(
  document: Document,
  operations: readonly Operation[],
  existing: Existing,
  key: string,
): Arbitrary<FuzzRequest> {
  return fc.constantFrom(...operations).chain((operation) =>
    fc
      .record({
        path: fc.tuple(...pathParts(operation, existing)),
        query: queryArbitrary(
          operation.parameters.filter((parameter) => parameter.in === 'query'),
          existing,
        ),
        body: bodyArbitrary(document, operation, existing),
        auth: fc.oneof(
          { weight: 3, arbitrary: fc.constant(key) },
          {
            weight: 1,
            arbitrary: fc.constantFrom(undefined, '', 'dev-key', `${key}x`, key.slice(1), '\u00ff', 'a'.repeat(4000)),
          },
        ),
        request: fc.option(fc.constantFrom('x', 'a b', '\u00e9', 'a'.repeat(500), '{"a":1}', '<b>'), {
          nil: undefined,
        }),
        accept: fc.option(
          fc.constantFrom('*/*', 'application/json', 'text/csv', 'text/html', 'image/png', 'q=', ';;'),
          {
            nil: undefined,
          },
        ),
      })
      .map(({ path, query, body, auth, request, accept }) => ({
        operation,
        target: path.join('') + (query === '' ? '' : `?${query}`),
        headers: {
          ...(auth === undefined ? {} : { 'x-api-key': auth }),
          ...(request === undefined ? {} : { 'x-request-id': request }),
          ...(accept === undefined ? {} : { accept }),
          ...(body.type === undefined ? {} : { 'content-type': body.type }),
        },
        body: body.text,
        hasKey: auth === key,
      })),
  );
}

/** The fixed pieces of a path and, between them, what stands for its parameters. */
function pathParts(operation: Operation, existing: Existing): Arbitrary<string>[] {
  return operation.path.split(/(\{\w+\})/).map((piece) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (name === undefined) return fc.constant(piece);
    const parameter = operation.parameters.find((candidate) => candidate.name === name && candidate.in === 'path');
    // An empty one is the path of another operation.
    return valueArbitrary(parameter?.schema ?? { type: 'string' }, existing[name]).map((value) =>
      value === '' ? '0' : value,
    );
  });
}

function queryArbitrary(parameters: readonly Parameter[], existing: Existing): Arbitrary<string> {
  const known = parameters.map(({ name, schema = {} }) =>
    fc.tuple(
      fc.constantFrom(name, name, name, name, `${name}[]`, `${name}[x]`),
      valueArbitrary(schema, existing[name]),
    ),
  );
  const unknown = fc.tuple(fc.constantFrom('x', '__proto__', 'api_key', 'cursor', 'limit', '%'), valueArbitrary({}));
  const pair = fc.oneof(...known.map((arbitrary) => ({ weight: 4, arbitrary })), { weight: 1, arbitrary: unknown });
  const needed = parameters
    .filter(({ required }) => required)
    .map(({ name, schema = {} }) => fc.option(fc.tuple(fc.constant(name), valueArbitrary(schema, existing[name]))));
  return fc
    .tuple(fc.array(pair, { maxLength: 4 }), ...needed)
    .map(([pairs, ...others]) => [...others.filter((other) => other !== null), ...pairs])
    .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));
}

/** A value, encoded: mostly one that the schema allows, else one of any kind. */
function valueArbitrary(schema: Schema, existing?: readonly string[]): Arbitrary<string> {
  const valid = validValue(schema);
  return fc.oneof(
    {
      weight: 5,
      arbitrary: (existing === undefined ? valid : fc.oneof(fc.constantFrom(...existing), valid)).map(encoded),
    },
    { weight: 4, arbitrary: fc.constantFrom(...HOSTILE).map(encoded) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map(encoded) },
    { weight: 1, arbitrary: fc.constantFrom(...BROKEN_ENCODINGS) },
  );
}

function validValue({ type, enum: values, minimum, maximum, example }: Schema): Arbitrary<string> {
  if (values !== undefined) return fc.constantFrom(...values.map(String));
  if (type === 'integer' || type === 'number') {
    return fc.integer({ min: minimum ?? 0, max: Math.min(maximum ?? 2 ** 31, (minimum ?? 0) + 60_000) }).map(String);
  }
  if (type === 'boolean') return fc.constantFrom('true', 'false');
  return fc.oneof(
    fc.constant(typeof example === 'string' ? example : JSON.stringify(example ?? 1)),
    fc.nat(400).map(String),
    fc
      .date({ min: new Date('2019-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10)),
  );
}

interface Body {
  type: string | undefined;
  text: string | undefined;
}

const JSON_TYPE = 'application/json';
const DEEP = 100_000;
/** Accepted as a file, and no workbook. */
const UPLOAD: Body = {
  type: 'multipart/form-data; boundary=x',
  text: '--x\r\nContent-Disposition: form-data; name="file"; filename="../a.xlsx"\r\n\r\nPK\r\n--x--\r\n',
};

function bodyArbitrary(document: Document, operation: Operation, existing: Existing): Arbitrary<Body> {
  const none = fc.constantFrom<Body>({ type: undefined, text: undefined }, { type: JSON_TYPE, text: '' });
  if (operation.method === 'GET') return none;
  const json = (value: unknown): Body => ({ type: JSON_TYPE, text: JSON.stringify(value) });
  const object = operation.body === undefined ? fc.object() : objectArbitrary(document, operation.body, existing);
  const wellFormed = operation.takesForm ? fc.constant(UPLOAD) : object.map(json);
  const broken = fc.constantFrom<Body>(
    { type: JSON_TYPE, text: '{' },
    { type: JSON_TYPE, text: '{"a":1}x' },
    { type: JSON_TYPE, text: '\ufeff{}' },
    { type: JSON_TYPE, text: `{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}` },
    { type: JSON_TYPE, text: '['.repeat(DEEP) + ']'.repeat(DEEP) },
    { type: JSON_TYPE, text: `{"path":${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}}` },
    { type: JSON_TYPE, text: JSON.stringify({ path: 'a'.repeat(3_000_000) }) },
    { type: `${JSON_TYPE}; charset=latin-7`, text: '{}' },
    { type: 'text/plain', text: '{}' },
    { type: 'application/x-www-form-urlencoded', text: 'path=a&path=b&a[b][c]=1' },
    { type: 'multipart/form-data', text: 'no boundary' },
    UPLOAD,
    { type: 'multipart/form-data; boundary=x', text: '--x\r\nContent-Disposition: form-data; name="other"\r\n\r\n1' },
    { type: 'a', text: '{}' },
  );
  return fc.oneof(
    { weight: 2, arbitrary: none },
    { weight: 5, arbitrary: wellFormed },
    { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 4 }).map(json) },
    { weight: 1, arbitrary: broken },
  );
}

/** Objects with the properties of a schema, some of them of its types. */
function objectArbitrary(document: Document, schema: Schema, existing: Existing): Arbitrary<unknown> {
  const { properties = {} } = resolved(document, schema);
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      fieldArbitrary(document, resolved(document, property), existing, existing[name]),
    ]),
  );
  return fc.record(fields, { requiredKeys: [] });
}

function fieldArbitrary(
  document: Document,
  schema: Schema,
  existing: Existing,
  ofName?: readonly string[],
): Arbitrary<unknown> {
  const typed = (): Arbitrary<unknown> => {
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    switch (schema.type) {
      case 'integer':
        return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, 100) });
      case 'number':
        return fc.double({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, 100), noNaN: true });
      case 'boolean':
        return fc.boolean();
      case 'array':
        return fc.array(fieldArbitrary(document, resolved(document, schema.items ?? {}), existing), { maxLength: 3 });
      case 'object':
        return fc.oneof(
          objectArbitrary(document, schema, existing),
          fc.dictionary(fc.nat(70).map(String), fc.double()),
        );
      default:
        return fc.oneof(fc.constant(schema.example ?? 'x'), fc.constantFrom(...HOSTILE));
    }
  };
  const values = ofName?.map((value) => (schema.type === 'string' ? value : Number(value)));
  const valid = values === undefined ? typed() : fc.oneof(fc.constantFrom(...values), typed());
  return fc.oneof({ weight: 3, arbitrary: valid }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });
}
