import { spreadOver, spreadTime } from './spread';

const order = (deciles: number[]): { deciles: number[]; expected: number } => ({ deciles, expected: -1 });
const TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((each) => each * 100);

describe('spreadOver', () => {
  it('gives a single order its median', () => {
    const alone = order(TEN);
    spreadOver([alone]);
    expect(alone.expected).toBe(550);
  });

  it('gives ten orders that are alike the ten times that such orders take, the first the shortest', () => {
    const alike = Array.from({ length: 10 }, () => order(TEN));
    spreadOver(alike);
    expect(alike.map(({ expected }) => expected)).toEqual(TEN);
  });

  it('gives the shorter times to the order with the shorter median, and all times of both together', () => {
    const slow = order(TEN.map((each) => each + 500));
    const quick = order(TEN);
    spreadOver([slow, quick]);
    // Pooled: 100 … 500, then each of 600 … 1000 twice, then 1100 … 1500. The tenth ends within the pairs: 100 … 500,
    // 600, 600, 700, 700, 800 are the first ten, whose middle is 550 between 500 and 600; of the rest it is (1000 + 1100) / 2.
    expect([quick.expected, slow.expected]).toEqual([550, 1050]);
  });

  it('leaves an order without comparable ones as it is', () => {
    const unknown = order([]);
    spreadOver([unknown, order(TEN)]);
    expect(unknown.expected).toBe(-1);
  });
});

describe('spreadTime', () => {
  it('comes to the same mean and the same extremes as the times, over a hundred orders', () => {
    const times = Array.from({ length: 100 }, (_, number) => spreadTime(TEN, number));
    expect(Math.min(...times)).toBe(100);
    expect(Math.max(...times)).toBe(1000);
    expect(times.reduce((sum, time) => sum + time, 0) / 100).toBeCloseTo(550, -1);
  });

  it('takes multiples of the golden ratio of the way, without the whole ones', () => {
    // 0.618, 1.236 and 1.854: the share 0.618 lies at 0.68 of the way from the sixth time to the seventh, and so on.
    expect([0, 1, 2].map((number) => spreadTime(TEN, number))).toEqual([668, 286, 904]);
  });

  it('is 0 without comparable orders', () => {
    expect(spreadTime([], 3)).toBe(0);
  });
});
