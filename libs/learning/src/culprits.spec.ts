import { compareCulprits, CULPRIT_BASELINES, CulpritCounts, culpritRisk, culpritsOf } from './culprits';

const counts = (orders: readonly (readonly number[])[]) => {
  const made = new CulpritCounts();
  orders.forEach((each) => made.add(each));
  return { culprits: made };
};
const [product, recent, all] = CULPRIT_BASELINES;

describe('how likely a phase type causes an error', () => {
  it('is the rate of the product, pulled to the family’s and that to all as by 20 orders more', () => {
    const view = {
      ofProduct: counts([[7], [7], []]),
      ofFamily: counts([[7], [7], [], [], []]),
      ofAll: counts([[7], [7], [], [], [], [8], [], [], [], []]),
    };
    // All 2 of 10; family (2 + 20 * 0.2) / 25 = 0.24; product (2 + 20 * 0.24) / 23.
    expect(culpritRisk(view, 7, product)).toBeCloseTo((2 + 20 * 0.24) / 23, 12);
    expect(culpritRisk(view, 7, all)).toBeCloseTo(0.2, 12);
    // Never caused by it: what is left is the pull.
    expect(culpritRisk(view, 8, product)).toBeCloseTo((20 * ((20 * 0.1) / 25)) / 23, 12);
  });

  it('forgets what lies more than 50 orders back where only the recent ones count', () => {
    const long = counts([...Array<number[]>(60).fill([7]), ...Array<number[]>(50).fill([])]);
    const view = { ofProduct: long, ofFamily: long, ofAll: long };
    const rate = 60 / 110;
    expect(culpritRisk(view, 7, recent)).toBeCloseTo((20 * ((20 * rate) / 70)) / 70, 12);
    expect(culpritRisk(view, 7, product)).toBeGreaterThan(0.5);
  });

  it('is not known while nothing is finished', () => {
    const none = counts([]);
    expect(culpritRisk({ ofProduct: none, ofFamily: none, ofAll: none }, 7, product)).toBeNaN();
  });
});

it('counts the orders finished last, 50 or 500, and nothing else', () => {
  const { culprits } = counts(Array.from({ length: 501 }, (_, index) => (index === 0 || index === 451 ? [7, 9] : [])));
  const seen = (size: number) => [
    culprits.window(size).orders,
    culprits.window(size).of(7),
    culprits.window(size).of(9),
  ];
  // The first is the 501st from behind, the other one the 50th.
  expect([seen(500), seen(50), seen(9)]).toEqual([
    [500, 1, 1],
    [50, 1, 1],
    [0, 0, 0],
  ]);
  culprits.add([8]);
  expect([seen(500), seen(50)]).toEqual([
    [500, 1, 1],
    [50, 0, 0],
  ]);
  expect([culprits.window(50).of(8), culprits.window(50).of(1)]).toEqual([1, 0]);
});

it('names each phase type that caused an error once, and none where none is named', () => {
  expect(culpritsOf([{ culprit: 7 }, {}, { culprit: 3 }, { culprit: 7 }])).toEqual([7, 3]);
});

describe('the rate that answers', () => {
  it('is the one that did best on the orders finished last; those before an answer do not count', () => {
    const scored = [[NaN, NaN, NaN], ...Array<number[]>(3).fill([0.3, 0.1, 0.2])];
    expect(compareCulprits(scored)).toMatchObject({
      best: recent,
      orders: 3,
      briers: { product_rate: expect.closeTo(0.3, 12) },
    });
    expect(compareCulprits([])).toMatchObject({ best: product, orders: 0 });
  });

  it('is judged by the last 500 orders that all three answered, the first of equals', () => {
    const early = Array<number[]>(9).fill([0, 1, 1]);
    const late = Array<number[]>(500).fill([0.5, 0.25, 0.25]);
    const partly = [
      [NaN, 9, 9],
      [9, NaN, 9],
      [9, 9, NaN],
    ];
    expect(compareCulprits([...early, ...late, ...partly])).toEqual({
      ...{ best: recent, orders: 500, briers: { product_rate: 0.5, recent_rate: 0.25, all_rate: 0.25 } },
    });
  });
});
