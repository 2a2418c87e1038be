import { readEnv } from './env';

describe('TRUST_PROXY', () => {
  it.each([
    [undefined, false],
    ['false', false],
    ['1', 1],
    ['loopback, 10.0.0.0/8', ['loopback', '10.0.0.0/8']],
    ['2001:db8::/32', ['2001:db8::/32']],
  ])('%s is %j', (value, expected) => {
    expect(readEnv({ TRUST_PROXY: value }).trustProxy).toEqual(expected);
  });

  it.each(['true', '*', 'proxy.example', '10.0.0.0/33', '10.0.0.1/8/8'])(
    'does not take %s, which would let anybody choose an address or name nobody',
    (value) => {
      expect(() => readEnv({ TRUST_PROXY: value })).toThrow('write how many proxies stand in front');
    },
  );

  it('and the limits of production are tighter than those of development', () => {
    const { reads, costly, writes } = readEnv({ NODE_ENV: 'production' }).rateLimit;
    expect([reads, costly, writes]).toEqual([1_200, 120, 60]);
    expect(readEnv({}).rateLimit.reads).toBeGreaterThan(100_000);
  });
});
