import { canonicalParams } from './cache-key';

describe('canonicalParams', () => {
  it('is one text whatever the order of the parameters', () => {
    expect(canonicalParams({ from: '2025-01-01', limit: 5 })).toBe(canonicalParams({ limit: 5, from: '2025-01-01' }));
  });

  it('takes a parameter that is undefined for one that is not there', () => {
    expect(canonicalParams({ limit: 5, fase_id: undefined })).toBe(canonicalParams({ limit: 5 }));
  });

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: 1 }, { b: 1 }],
    [{ a: null }, {}],
    [{ a: 'x', b: 'y' }, { a: 'x","b":"y' }],
    [{ a: new Date(0) }, { a: new Date(1) }],
    [{ of_id: 'x'.repeat(999) + 'a' }, { of_id: 'x'.repeat(999) + 'b' }],
  ])('tells %p and %p apart', (one, other) => {
    expect(canonicalParams(one)).not.toBe(canonicalParams(other));
  });

  it('stays short whatever was typed', () => {
    expect(canonicalParams({ of_id: 'x'.repeat(1_000_000) }).length).toBeLessThan(201);
  });
});
