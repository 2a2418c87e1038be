import fc from 'fast-check';
import { InvalidRequestError } from '../../common/domain-error';
import { decodeCursor, encodeCursor } from './page-cursor';

describe('a page cursor', () => {
  it('comes back as the position it was made of', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ maxLength: 40 }), fc.maxSafeInteger()), { maxLength: 5 }),
        (position) => {
          const cursor = encodeCursor('rejects', position);
          expect(cursor).toMatch(/^[\w-]+$/);
          expect(decodeCursor('rejects', cursor)).toEqual(position);
        },
      ),
    );
  });

  it('is refused as soon as one character differs', () => {
    const cursor = encodeCursor('rejects', ['ordens_fabrico', 0, 17]);
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.constantFrom(...'AZaz09-_='), (at, character) => {
        fc.pre(cursor[at] !== character);
        const tampered = cursor.slice(0, at) + character + cursor.slice(at + 1);
        expect(() => decodeCursor('rejects', tampered)).toThrow(InvalidRequestError);
      }),
    );
  });

  it.each(['', 'x', 'null', '../../etc/passwd', '\u0000', 'A'.repeat(100_000)])('is never %j', (text) => {
    expect(() => decodeCursor('rejects', text)).toThrow(InvalidRequestError);
  });

  it('belongs to one list', () => {
    expect(() => decodeCursor('issues', encodeCursor('rejects', ['a', 0, 1]))).toThrow(InvalidRequestError);
  });
});
