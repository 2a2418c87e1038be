import fc from 'fast-check';
import { digitRange, parseCanonicalId } from './canonical-id';

describe('an id in a path', () => {
  it('is taken as the database writes it', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (id) => expect(parseCanonicalId(String(id))).toBe(String(id))));
  });

  it.each(['', ' ', '007', '-1', '+1', '1.0', '1e3', '0x10', 'abc1', '9007199254740993', '9'.repeat(40), '1\0', '١'])(
    'is nothing when it is %j',
    (text) => {
      expect(parseCanonicalId(text)).toBeUndefined();
    },
  );
});

describe('the range of a typed prefix', () => {
  it('holds exactly the ids that begin with it', () => {
    const byteOrder = (text: string) => Buffer.from(text);
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(99_999_999), (prefix, id) => {
        const range = digitRange(String(prefix));
        const text = String(id);
        const within =
          range !== undefined &&
          Buffer.compare(byteOrder(text), byteOrder(range.from)) >= 0 &&
          Buffer.compare(byteOrder(text), byteOrder(range.to)) < 0;
        expect(within).toBe(text.startsWith(String(prefix)));
      }),
      {
        numRuns: 2000,
        examples: [
          [9, 9],
          [9, 99],
          [129, 1290],
          [129, 13],
          [19, 2],
        ],
      },
    );
  });

  it.each(['', 'a', '1a', '-1', '1.5', '1'.repeat(20), '%', '1_', '１'])('is nothing for %j', (text) => {
    expect(digitRange(text)).toBeUndefined();
  });
});
