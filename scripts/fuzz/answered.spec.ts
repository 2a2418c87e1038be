import { isRefusedAlways } from './answered';
import type { Operation } from './document';

const EXISTING = { a: ['1'] };

function refused(name: string, asked: number, answered = 0, parameters: string[] = []): boolean {
  const [method, path] = name.split(' ');
  const operation: Operation = {
    name,
    method,
    path,
    parameters: parameters.map((parameter) => ({ name: parameter, in: 'query' })),
    body: undefined,
    takesForm: false,
    isProtected: false,
    answers: {},
  };
  return isRefusedAlways(operation, { asked, answered }, EXISTING);
}

describe('an operation that no request gets an answer below 400 from', () => {
  it('is a fault after few requests where it needs nothing that exists', () => {
    expect(refused('GET /list', 15, 0, ['limit'])).toBe(true);
    expect(refused('GET /list', 14, 0, ['limit'])).toBe(false);
    expect(refused('GET /list', 15, 1, ['limit'])).toBe(false);
  });

  it.each([
    ['POST /begin', []],
    ['GET /one/{id}', []],
    ['GET /compare', ['a']],
  ])('is one after many where it does: %s', (name, parameters) => {
    expect(refused(name, 299, 0, parameters)).toBe(false);
    expect(refused(name, 300, 0, parameters)).toBe(true);
    expect(refused(name, 5000, 1, parameters)).toBe(false);
  });

  it('is none where such requests cannot get one', () => {
    expect(refused('POST /api/ingestion/cancel/{run_id}', 5000)).toBe(false);
    expect(refused('GET /api/ml/predict/risk', 5000)).toBe(false);
  });
});
