import { COUNTERS, MemoryCounters } from './memory-counters';

describe('counting requests in memory', () => {
  it('counts by key from the first request of a window to its end', () => {
    let now = 0;
    const counters = new MemoryCounters(() => now);
    expect(counters.hit('a', 60_000)).toEqual({ hits: 1, endsInMs: 60_000 });
    now = 59_999;
    expect(counters.hit('a', 60_000)).toEqual({ hits: 2, endsInMs: 1 });
    expect(counters.hit('b', 60_000)).toEqual({ hits: 1, endsInMs: 60_000 });
    now = 60_000;
    expect(counters.hit('a', 60_000)).toEqual({ hits: 1, endsInMs: 60_000 });
  });

  it('does not grow with a hundred thousand different addresses, and still counts the latest', () => {
    const counters = new MemoryCounters(() => 0);
    for (let n = 0; n < 100_000; n += 1) {
      counters.hit(`read:ip:10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, 60_000);
      expect(counters.size).toBeLessThanOrEqual(COUNTERS);
    }
    // 99,999 = 0x1869F: the last address is 10.1.134.159.
    expect(counters.hit('read:ip:10.1.134.159', 60_000).hits).toBe(2);
  });
});
