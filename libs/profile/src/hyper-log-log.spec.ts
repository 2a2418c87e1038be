import fc from 'fast-check';
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

/**
 * arXiv:1702.01284, equations 12 to 18, summed up as they stand: m² / (2 ln 2 · (Σ C_k 2^-k + m σ(C_0/m) + m τ(1 - C_33/m) 2^-32)),
 * σ(x) = x + Σ x^(2^k) 2^(k-1), τ(x) = (1 - x - Σ (1 - x^(2^-k))² 2^-k) / 3.
 */
function ertl(registers: Uint8Array): number {
  const m = registers.length;
  const share = (rank: number): number => registers.filter((register) => register === rank).length / m;
  const terms = Array.from({ length: 60 }, (_, i) => i + 1);
  const sum = (term: (k: number) => number): number => terms.reduce((total, k) => total + term(k), 0);
  const sigma = (x: number): number => x + sum((k) => x ** (2 ** k) * 2 ** (k - 1));
  const tau = (x: number): number => (1 - x - sum((k) => (1 - x ** (2 ** -k)) ** 2 * 2 ** -k)) / 3;
  let z = m * sigma(share(0)) + m * tau(1 - share(33)) * 2 ** -32;
  for (let k = 1; k <= 32; k += 1) z += m * share(k) * 2 ** -k;
  return m ** 2 / (2 * Math.LN2 * z);
}

describe('HyperLogLog', () => {
  // 20 streams: the root mean square of 20 errors of standard deviation s lies below 1.41 s with probability 99.5 % (chi-squared of
  // 20 degrees below 40.0). The streams are fixed, so the outcome is too.
  const allowed = 1.41 * ESTIMATE_STANDARD_ERROR;

  it('states the standard error of 4,096 registers: 1.04 / 64', () => {
    expect(ESTIMATE_STANDARD_ERROR).toBe(0.01625);
  });

  // 10,000 lies in the range (2.5 x 4,096) where the classical estimator is biased.
  it.each([3_000, 10_000, 20_000])('estimates %d consecutive ids within its standard error', (size) => {
    expect(relativeError(size, 20, (sketch, stream, i) => sketch.addNumber(stream * 1_000_000 + i))).toBeLessThan(
      allowed,
    );
  });

  it('estimates times to the minute within its standard error', () => {
    const start = 1_300_000_000;
    expect(
      relativeError(10_000, 20, (sketch, stream, i) => sketch.addNumber(start + stream * 7_000_000 + i * 60)),
    ).toBeLessThan(allowed);
  });

  it('estimates decimals and numbers beyond 32 bits within its standard error', () => {
    expect(
      relativeError(10_000, 20, (sketch, stream, i) =>
        sketch.addNumber(i % 2 === 0 ? (stream * 20_000 + i) / 100 : 2 ** 40 + stream * 20_000 + i),
      ),
    ).toBeLessThan(allowed);
  });

  it('estimates texts within its standard error', () => {
    expect(relativeError(5_000, 20, (sketch, stream, i) => sketch.addText(`peça ${stream}/${i}`))).toBeLessThan(
      allowed,
    );
  });

  it('is empty at 0 and right on the first few', () => {
    const sketch = new HyperLogLog();
    expect(sketch.estimate()).toBe(0);
    for (const value of [1, 2, 3, 3, 2]) sketch.addNumber(value);
    expect(sketch.estimate()).toBe(3);
  });

  it('estimates from any registers by the formula of its paper, the full and the empty ones corrected', () => {
    // Ranks go to 33: a second word of nothing but zeros. Weights make some sketches nearly empty and some nearly full.
    const ranks = fc.array(fc.tuple(fc.integer({ min: 0, max: 33 }), fc.integer({ min: 1, max: 1000 })), {
      minLength: 2,
      maxLength: 5,
    });
    fc.assert(
      fc.property(ranks, (drawn) => {
        const pool = drawn.flatMap(([rank, weight]) => Array.from({ length: weight }, () => rank));
        const registers = Uint8Array.from({ length: 4_096 }, (_, i) => pool[i % pool.length]);
        fc.pre(registers.some((rank) => rank > 0 && rank < 33));
        const estimate = new HyperLogLog(registers).estimate();
        const expected = ertl(registers);
        expect(Math.abs(estimate - expected)).toBeLessThanOrEqual(0.5 + expected * 1e-9);
      }),
    );
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
