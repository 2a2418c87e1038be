import type { ValidateFunction } from 'ajv';
import type { Operation } from './document';
import { judge } from './judge';

const JSON_TYPE = 'application/json; charset=utf-8';
const accepts = (isRight: boolean) => (() => isRight) as unknown as ValidateFunction;

const OPERATION: Operation = {
  name: 'GET /x',
  method: 'GET',
  path: '/x',
  parameters: [],
  body: undefined,
  takesForm: false,
  isProtected: true,
  answers: {
    200: { types: ['application/json', 'text/csv'], validate: accepts(true) },
    202: { types: ['application/json'], validate: accepts(false) },
    429: { types: ['application/json'], validate: accepts(true) },
  },
};

function judged(status: number, type: string, hasKey = true, text = '{}'): string | undefined {
  const asked = { operation: OPERATION, target: '/x', headers: {}, body: undefined, hasKey };
  return judge(asked, { status, type, text }, accepts(true));
}

describe('an answer', () => {
  it.each([
    [200, JSON_TYPE, true],
    [200, 'text/csv; charset=utf-8', true],
    [401, JSON_TYPE, false],
    [429, JSON_TYPE, false],
    [404, JSON_TYPE, true],
  ])('%i as %s may be, with the key: %s', (status, type, hasKey) => {
    expect(judged(status, type, hasKey)).toBeUndefined();
  });

  it.each([401, 403, 429])('may not be %i to who has the right key', (status) => {
    expect(judged(status, JSON_TYPE)).toBe(`answers ${status} with the right key`);
  });

  it('may not be of a type that the document does not name, which no schema is held to', () => {
    expect(judged(200, 'text/html')).toBe('answers 200 as text/html, which it does not document');
    expect(judged(200, '')).toBe('answers 200 as nothing, which it does not document');
  });

  it('may not be given without the key, nor break its schema, nor be a 5xx', () => {
    expect(judged(200, JSON_TYPE, false)).toBe('answers 200 without the key');
    expect(judged(202, JSON_TYPE)).toMatch('answers 202 against its own schema');
    expect(judged(200, JSON_TYPE, true, '{')).toBe('answers 200 with a body that is no JSON');
    expect(judged(500, JSON_TYPE)).toBe('answers 500');
  });
});
