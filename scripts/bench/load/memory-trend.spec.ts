import { memoryTrend } from './memory-trend';

const MB = 1e6;
const line = (bytesAt: (minute: number) => number): { seconds: number; bytes: number }[] =>
  Array.from({ length: 91 }, (_, i) => ({ seconds: i * 2, bytes: bytesAt(i / 30) }));

describe('how memory goes over a soak', () => {
  it('finds the slope of memory that grows by 3 MB a minute', () => {
    const { slopePerMinute, highestBytes } = memoryTrend(line((minute) => (100 + 3 * minute) * MB));
    expect(slopePerMinute / MB).toBeCloseTo(3);
    // three minutes
    expect(highestBytes / MB).toBeCloseTo(109);
  });

  it('leaves out the first third, in which caches fill', () => {
    const trend = memoryTrend(line((minute) => (minute < 0.99 ? 50 + 50 * minute : 100) * MB));
    expect(trend.growth).toBe(0);
    expect(trend.slopePerMinute).toBeCloseTo(0);
  });

  it('compares the last third with the middle one', () => {
    // points 30 to 59 at 100 MB, 60 to 90 at 150 MB
    expect(memoryTrend(line((minute) => (minute < 2 ? 100 : 150) * MB)).growth).toBeCloseTo(0.5);
  });

  it('tells nothing from too few points', () => {
    expect(() => memoryTrend(line(() => MB).slice(0, 8))).toThrow(RangeError);
  });
});
