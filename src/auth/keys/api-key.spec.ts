import fc from 'fast-check';
import { generateApiKey, hashApiKey, isWellFormed } from './api-key';

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array));

describe('an API key', () => {
  it('is the mark, 43 characters of secret and 6 of checksum, in letters and digits that no address encodes', () => {
    fc.assert(
      fc.property(bytes, (secret) => {
        const { key } = generateApiKey(() => secret);
        expect(key).toMatch(/^prodplan_[0-9A-Za-z]{49}$/);
        expect(isWellFormed(key)).toBe(true);
      }),
    );
  });

  it('keeps all 256 bits: different secrets are different keys, the extremes included', () => {
    const key = (secret: Buffer) => generateApiKey(() => secret).key;
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(key(a) === key(b)).toBe(a.equals(b));
      }),
    );
    // 62^43 = 1.18e77 > 2^256 = 1.16e77: the largest secret needs no more digits than there are.
    expect(key(Buffer.alloc(32, 0xff))).not.toBe(key(Buffer.alloc(32, 0xfe)));
  });

  it('is taken for malformed with any one character changed', () => {
    const { key } = generateApiKey();
    fc.assert(
      fc.property(fc.nat(key.length - 1), fc.constantFrom(...'0aZ-_ é'), (at, character) => {
        const changed = key.slice(0, at) + character + key.slice(at + 1);
        expect(isWellFormed(changed)).toBe(changed === key);
      }),
    );
  });

  it.each(['', 'dev-key', 'prodplan_', `prodplan_${'0'.repeat(49)}`, `prodplan_${'0'.repeat(5000)}`])(
    'is not %s',
    (text) => {
      expect(isWellFormed(text)).toBe(false);
    },
  );

  it('shows eight of its characters afterwards, and stores a hash that is not the key', () => {
    const { key, prefix, lastFour, hash } = generateApiKey();
    expect(prefix).toBe(key.slice(0, 13));
    expect(lastFour).toBe(key.slice(-4));
    expect(hash).toHaveLength(32);
    expect(hash.equals(hashApiKey(key))).toBe(true);
  });

  it('comes from the machine’s random source: no two are equal', () => {
    expect(new Set(Array.from({ length: 500 }, () => generateApiKey().key)).size).toBe(500);
  });
});
