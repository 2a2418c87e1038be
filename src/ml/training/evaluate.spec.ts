import { type DurationSet, matrixOf } from '@libs/learning';
import { evaluateDurations } from './evaluate';

const DAY = 86_400;

it('tells how much intervals hold of the finished, with those in process, and with those given up', () => {
  // Four rows of one day, all said to take from 10 to 30 days. One took 20, one 40; two have no end on day 140.
  const count = 4;
  const begun = new Float64Array(count).fill(100 * DAY);
  const ended = Float64Array.of(120 * DAY, 140 * DAY, NaN, NaN);
  const answers = Array.from({ length: count }, () => ({ p10: 10, p50: 20, p90: 30 }));
  const baseline = { name: 'usual', label: 'usual', answers };
  const set: DurationSet = {
    kind: 'duration',
    features: [],
    rows: matrixOf([[], [], [], []], 0),
    begun,
    ended,
    outcome: ended.map((at, row) => (at - begun[row]) / DAY),
    isAsleep: (row, moment) => row === 3 && moment === 140 * DAY,
    baselines: [baseline],
  };
  const split = { train: Int32Array.of(), validation: Int32Array.of(), test: Int32Array.of(0, 1), gap: 0 };
  const parts = { quarter: () => '2025-Q1', family: () => 'K1 Vanquish' };
  const { quarters } = evaluateDurations(set, split, [{ name: 'model', answers }], baseline, parts, [2, 3]);
  expect(quarters).toMatchObject([
    {
      part: '2025-Q1',
      model: { rows: 2, coverage: 0.5 },
      // Watched for 40 days without an end: one of three, one of four ended from day 10 to day 30.
      open: { rows: 1, coverage: expect.closeTo(1 / 3, 12) },
      abandoned: { rows: 1, coverage: expect.closeTo(1 / 4, 12) },
    },
  ]);
});
