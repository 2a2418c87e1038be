import { ESTIMATE_STANDARD_ERROR, HyperLogLog } from './hyper-log-log';

/** Root mean square of the relative error over streams of `size` distinct values each. */
function relativeError(
  size: number,
  streams: number,
  add: (sketch: HyperLogLog, stream: number, i: number) => void,
): number {
  let squares = 0;
  for (let stream = 0; stream < streams; stream += 1) {
    const sketch = new HyperLogLog();
    for (let i = 0; i < size; i += 1) add(sketch, stream, i);
    squares += (sketch.estimate() / size - 1) ** 2;
  }
  return Math.sqrt(squares / streams);
}

describe('HyperLogLog', () => {
  // 40 streams: the root mean square of 40 errors of standard deviation s lies below 1.3 s with probability 99.5 %.
  // The streams are fixed, so the outcome is too.
  const allowed = 1.3 * ESTIMATE_STANDARD_ERROR;

  it('states the standard error of 4,096 registers: 1.04 / 64', () => {
    expect(ESTIMATE_STANDARD_ERROR).toBe(0.01625);
  });

  // 10,000 lies in the range (2.5 x 4,096) where the classical estimator is biased.
  it.each([3_000, 10_000, 30_000])('estimates %d consecutive ids within its standard error', (size) => {
    expect(relativeError(size, 40, (sketch, stream, i) => sketch.addNumber(stream * 1_000_000 + i))).toBeLessThan(
      allowed,
    );
  });

  it('estimates times to the minute within its standard error', () => {
    const start = 1_300_000_000;
    expect(
      relativeError(20_000, 40, (sketch, stream, i) => sketch.addNumber(start + stream * 7_000_000 + i * 60)),
    ).toBeLessThan(allowed);
  });

  it('estimates decimals and numbers beyond 32 bits within its standard error', () => {
    expect(
      relativeError(20_000, 40, (sketch, stream, i) =>
        sketch.addNumber(i % 2 === 0 ? (stream * 20_000 + i) / 100 : 2 ** 40 + stream * 20_000 + i),
      ),
    ).toBeLessThan(allowed);
  });

  it('estimates texts within its standard error', () => {
    expect(relativeError(10_000, 40, (sketch, stream, i) => sketch.addText(`peça ${stream}/${i}`))).toBeLessThan(
      allowed,
    );
  });

  it('is empty at 0 and right on the first few', () => {
    const sketch = new HyperLogLog();
    expect(sketch.estimate()).toBe(0);
    for (const value of [1, 2, 3, 3, 2]) sketch.addNumber(value);
    expect(sketch.estimate()).toBe(3);
  });

  it('does not see repetitions', () => {
    const once = new HyperLogLog();
    const often = new HyperLogLog();
    for (let i = 0; i < 5_000; i += 1) {
      once.addNumber(i);
      for (let k = 0; k < 3; k += 1) often.addNumber(i);
    }
    expect(often.registers).toEqual(once.registers);
  });

  it('merges parts into exactly the sketch of the whole', () => {
    const [whole, a, b] = [new HyperLogLog(), new HyperLogLog(), new HyperLogLog()];
    for (let i = 0; i < 9_000; i += 1) {
      whole.addNumber(i);
      if (i < 6_000) a.addNumber(i);
      if (i >= 3_000) b.addNumber(i);
    }
    a.merge(b.registers);
    expect(a.registers).toEqual(whole.registers);
  });
});
