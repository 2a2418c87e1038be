import fc from 'fast-check';
import { InvalidRequestError } from './domain-error';
import { OpaqueCursor } from './opaque-cursor';

type Key = readonly [number, string];
const isKey = (value: readonly unknown[]) =>
  value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'string';
const cursor = new OpaqueCursor<Key>('orders.1', isKey);
const key = fc.tuple(fc.maxSafeInteger(), fc.string());

describe('an opaque cursor', () => {
  it('gives back the key it was made of, and needs no escaping in an address', () => {
    fc.assert(
      fc.property(key, (value) => {
        const text = cursor.encode(value);
        expect(text).toMatch(/^[\w-]+$/);
        expect(cursor.decode(text)).toEqual(value);
      }),
    );
  });

  it('refuses every text that differs from it by one edit', () => {
    const text = cursor.encode([1_762_161_120_000_000, '120583']);
    const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.% \0'];
    fc.assert(
      fc.property(fc.nat(text.length), fc.constantFrom(...alphabet), fc.constantFrom(0, 1), (at, char, cut) => {
        const edited = text.slice(0, at) + char + text.slice(at + cut);
        fc.pre(edited !== text);
        expect(() => cursor.decode(edited)).toThrow(InvalidRequestError);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses any text that it did not make', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (text) => {
        expect(() => cursor.decode(text)).toThrow(InvalidRequestError);
      }),
    );
  });

  it('refuses the cursor of another list, and one whose key has another shape', () => {
    const other = new OpaqueCursor<Key>('runs.1', isKey);
    expect(() => cursor.decode(other.encode([1, 'a']))).toThrow(/cursor/);
    const older = new OpaqueCursor<readonly [number]>('orders.1', () => true);
    expect(() => cursor.decode(older.encode([1]))).toThrow(/cursor/);
  });
});
