import { isRefusedAlways } from './answered';
import type { Operation } from './document';

function refused(name: string, asked: number, answered = 0, isRequired = false): boolean {
  const [method, path] = name.split(' ');
  const operation: Operation = {
    name,
    method,
    path,
    parameters: [{ name: 'a', in: 'query', required: isRequired }],
    body: undefined,
    takesForm: false,
    isProtected: false,
    answers: {},
  };
  return isRefusedAlways(operation, { asked, answered });
}

describe('an operation that no request gets an answer below 400 from', () => {
  it('is a fault after few requests where it is a GET that needs no parameter', () => {
    expect(refused('GET /list', 15, 0)).toBe(true);
    expect(refused('GET /list', 14, 0)).toBe(false);
    expect(refused('GET /list', 15, 1)).toBe(false);
  });

  it.each([
    ['POST /begin', false],
    ['GET /one', true],
  ])('is one after many where it is none: %s', (name, isRequired) => {
    expect(refused(name, 299, 0, isRequired)).toBe(false);
    expect(refused(name, 300, 0, isRequired)).toBe(true);
    expect(refused(name, 5000, 1, isRequired)).toBe(false);
  });

  it('is none where such requests cannot get one', () => {
    expect(refused('POST /api/ingestion/cancel/{run_id}', 5000)).toBe(false);
    expect(refused('GET /api/ml/predict/risk', 5000)).toBe(false);
  });
});
