import fc from 'fast-check';
import { corrected, correctInterval, NO_CORRECTION, OUTSIDE, type Watched, widened } from './conformal';
import { Draws } from './draws';

const duration = fc.double({ min: 0, max: 500, noNaN: true });
const interval = fc.tuple(duration, duration, duration).map((ends) => {
  const [p10, p50, p90] = ends.sort((one, other) => one - other);
  return { p10, p50, p90 };
});

it('makes the intervals of the past hold nine of ten outcomes on either side, whatever they were', () => {
  const past = fc.array(fc.tuple(interval, duration), { minLength: 50, maxLength: 120 });
  fc.assert(
    fc.property(past, (pairs) => {
      const watched = pairs.map(([prediction, outcome]) => ({ prediction, duration: outcome, ended: true }));
      const correction = correctInterval(watched);
      const inside = (holds: (each: Watched, p10: number, p90: number) => boolean) =>
        watched.filter((each) => {
          const { p10, p90 } = corrected(each.prediction, correction);
          return holds(each, p10, p90);
        }).length;
      // A rounding error apart, since logarithms are taken and given back.
      expect(inside((each, p10) => p10 <= each.duration * (1 + 1e-9) + 1e-9)).toBeGreaterThanOrEqual(
        0.9 * watched.length - 1,
      );
      expect(inside((each, _, p90) => p90 >= each.duration * (1 - 1e-9) - 1e-9)).toBeGreaterThanOrEqual(
        0.9 * watched.length - 1,
      );
    }),
  );
});

it('corrects intervals that are too wide or too narrow: a normal error gets its own eighty percent', () => {
  const draws = new Draws(7);
  const p50 = Math.expm1(4);
  const outcomes = Array.from({ length: 4000 }, () => Math.expm1(4 + 0.5 * draws.normal()));
  // A third is watched for some time only: as far as that says something, it is heard.
  const stops = outcomes.map(() => Math.expm1(4.5 + 0.5 * draws.normal()));
  for (const prediction of [
    { p10: 1, p50, p90: 10_000 },
    { p10: p50 - 1, p50, p90: p50 + 1 },
  ]) {
    const watched = outcomes.map((outcome, row) => ({
      prediction,
      duration: Math.min(outcome, stops[row]),
      ended: outcome <= stops[row],
    }));
    const { p10, p90 } = corrected(prediction, correctInterval(watched, 0.1));
    // The tenth and ninetieth percentile of a normal lie 1.2816 deviations from its mean.
    expect(Math.abs(Math.log1p(p10) - (4 - 1.2816 * 0.5))).toBeLessThan(0.06);
    expect(Math.abs(Math.log1p(p90) - (4 + 1.2816 * 0.5))).toBeLessThan(0.06);
  }
});

it('hears those that began before the watch from there on, and is not misled that the quick ones of them are gone', () => {
  const draws = new Draws(11);
  const prediction = { p10: 10, p50: 50, p90: 60 };
  // Of those that began before, only what took longer than 60 days is left to be watched.
  const watched = Array.from({ length: 6000 }, (_, index): Watched | undefined => {
    const duration = Math.expm1(4 + 0.5 * draws.normal());
    if (index % 2 === 0) return { prediction, duration: Math.min(duration, 100), ended: duration < 100 };
    return duration > 60 ? { prediction, duration, ended: true, since: 60 } : undefined;
  }).filter((each) => each !== undefined);
  const { p10, p90 } = corrected(prediction, correctInterval(watched, 0.1));
  expect(Math.abs(Math.log1p(p10) - (4 - 1.2816 * 0.5))).toBeLessThan(0.06);
  expect(Math.abs(Math.log1p(p90) - (4 + 1.2816 * 0.5))).toBeLessThan(0.06);
});

it('leaves outside a little less than a tenth on either side unless told otherwise', () => {
  const prediction = { p10: 1, p50: 50, p90: 51 };
  const watched = Array.from({ length: 200 }, (_, index) => ({ prediction, duration: 1 + index, ended: true }));
  const { p10, p90 } = corrected(prediction, correctInterval(watched));
  // Durations of 1 to 200 days: the 18th and the 182nd.
  expect(OUTSIDE).toBe(0.09);
  expect([p10, p90]).toEqual([expect.closeTo(18, 9), expect.closeTo(182, 9)]);
});

it('leaves intervals as they are with fewer than 50 outcomes', () => {
  const watched = { prediction: { p10: 1, p50: 2, p90: 3 }, duration: 100 };
  const all = [
    ...Array<Watched>(49).fill({ ...watched, ended: true }),
    ...Array<Watched>(99).fill({ ...watched, ended: false }),
    ...Array<Watched>(99).fill({ ...watched, ended: true, since: 9 }),
  ];
  expect(correctInterval(all)).toEqual({ ...NO_CORRECTION, outcomes: 49 });
});

it('keeps p50 where it is and inside, corrected or widened', () => {
  const move = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(interval, move, move, (one, below, above) => {
      for (const found of [corrected(one, { below, above, outcomes: 99 }), widened(one, 1.5)]) {
        expect(found.p50).toBe(one.p50);
        expect(found.p10).toBeGreaterThanOrEqual(0);
        expect(found.p10).toBeLessThanOrEqual(found.p50 + 1e-9);
        expect(found.p90).toBeGreaterThanOrEqual(found.p50 - 1e-9);
      }
    }),
  );
});

it('moves each end by its own logarithm, p50 not at all, and never across it', () => {
  const prediction = { p10: 19, p50: 49, p90: 99 };
  // One more than the days: 20 halved, 100 doubled.
  const moved = corrected(prediction, { below: Math.log(2), above: Math.log(2), outcomes: 99 });
  expect(moved).toEqual({ p10: expect.closeTo(9, 9), p50: 49, p90: expect.closeTo(199, 9) });
  const across = corrected(prediction, { below: -9, above: -9, outcomes: 99 });
  expect(across).toEqual({ p10: 49, p50: 49, p90: 49 });
  expect(corrected(prediction, { below: 9, above: 0, outcomes: 99 }).p10).toBe(0);
  // A prediction below 0 is one of no days.
  const negative = corrected({ p10: -5, p50: 0, p90: -3 }, { below: 0, above: Math.log(3), outcomes: 99 });
  expect(negative).toEqual({ p10: 0, p50: 0, p90: expect.closeTo(2, 12) });
});

it('widens an interval to some times its distances in logarithms', () => {
  // One more than the days: 25, 50 and 150, of which half and three times are apart; twice as far are 12.5 and 450.
  const wide = widened({ p10: 24, p50: 49, p90: 149 }, 2);
  expect(wide).toEqual({ p10: expect.closeTo(11.5, 9), p50: 49, p90: expect.closeTo(449, 9) });
  expect(widened({ p10: 24, p50: 49, p90: 149 }, 99).p10).toBe(0);
});

describe('a correction', () => {
  const prediction = { p10: 9, p50: 20, p90: 39 };
  const ended = (durations: readonly number[]): Watched[] =>
    durations.map((duration) => ({ prediction, duration, ended: true }));

  it('is by how much the end of the past lies off, in logarithms of one more than the days', () => {
    // A hundred took 0 … 99 days: nine are over by day 8, 91 by day 90; p10 says 10, p90 says 40 with one more.
    const found = correctInterval(ended(Array.from({ length: 100 }, (_, day) => day)));
    expect(found).toEqual({
      ...{ below: expect.closeTo(Math.log(10 / 9), 12), above: expect.closeTo(Math.log(91 / 40), 12), outcomes: 100 },
    });
  });

  it('needs fifty that were watched from their beginning', () => {
    const fifty = ended(Array<number>(50).fill(60));
    expect(correctInterval(fifty).above).toBeCloseTo(Math.log(61 / 40), 12);
    expect(correctInterval(fifty.slice(1))).toEqual({ ...NO_CORRECTION, outcomes: 49 });
  });

  it('takes predictions below 0 for no days', () => {
    const odd = ended(Array<number>(50).fill(4)).map((each) => ({ ...each, prediction: { p10: -7, p50: 1, p90: -2 } }));
    // One more than the days: 5 instead of 1.
    expect(correctInterval(odd)).toEqual({
      ...{ below: expect.closeTo(-Math.log(5), 12), above: expect.closeTo(Math.log(5), 12), outcomes: 50 },
    });
  });
});
