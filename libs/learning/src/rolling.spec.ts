import fc from 'fast-check';
import { corrected, correctInterval, NO_CORRECTION, OUTSIDE, type Watched } from './conformal';
import { Draws } from './draws';
import type { Quantiles } from './measures/regression';
import { correctedAsServed, correctionAt, WATCHED_DAYS } from './rolling';

const DAY = 86_400;
const YEAR = 365;

/** Some rows a day; the outcome of each is learned when it ends, after about two months. */
function series(count: number, durationOf: (day: number) => number, prediction: Quantiles, daily = 1) {
  const begun = Float64Array.from({ length: count * daily }, (_, row) => ((row + 0.5) / daily) * DAY);
  const took = Array.from(begun, (at) => durationOf(at / DAY));
  const ended = begun.map((at, row) => at + took[row] * DAY);
  return { begun, ended, took, predictions: took.map(() => prediction) };
}

/** The share of the rows of some days that their intervals held. */
function held(rows: ReturnType<typeof series>, from: number, before: number): number {
  const asked = [...rows.begun.keys()].filter((row) => rows.begun[row] >= from * DAY && rows.begun[row] < before * DAY);
  const intervals = correctedAsServed(rows, 0, asked);
  const inside = asked.filter((row, index) => {
    const { p10, p90 } = intervals[index];
    return p10 <= rows.took[row] && rows.took[row] <= p90;
  });
  return inside.length / asked.length;
}

/** Any interval around 60 days, right or wrong. */
const interval = fc
  .tuple(fc.double({ min: 1, max: 59, noNaN: true }), fc.double({ min: 61, max: 300, noNaN: true }))
  .map(([p10, p90]) => ({ p10, p50: 60, p90 }));
const seed = fc.integer({ min: 1, max: 1_000_000 });
const lasting = (draws: Draws, scale = 1) => scale * 60 * Math.exp(0.25 * draws.normal());

describe('a correction', () => {
  const prediction = { p10: 40, p50: 60, p90: 80 };
  const draws = new Draws(3);
  const rows = series(900, () => lasting(draws), prediction);

  it('uses nothing that was recorded at or after its moment', () => {
    const moment = 600 * DAY;
    const future = { ...rows, ended: rows.ended.map((at) => (at < moment ? at : at + 77 * DAY)) };
    expect(correctionAt(future, 0, moment)).toEqual(correctionAt(rows, 0, moment));
  });

  it('uses what ended since the model was learned, also of rows begun before', () => {
    const learnedUntil = 450 * DAY;
    const moment = 600 * DAY;
    const before = (change: number) => ({
      ...rows,
      ended: rows.ended.map((at) => (at < learnedUntil ? at + change : at)),
    });
    // What it learned from is not asked how well it knows it.
    expect(correctionAt(before(-DAY), learnedUntil, moment)).toEqual(correctionAt(rows, learnedUntil, moment));
    const without = rows.predictions.map((each, row) => (rows.begun[row] < learnedUntil ? undefined : each));
    expect(correctionAt({ ...rows, predictions: without }, learnedUntil, moment)).not.toEqual(
      correctionAt(rows, learnedUntil, moment),
    );
  });

  it('looks half a year back and no further', () => {
    const moment = 800 * DAY;
    const from = moment - WATCHED_DAYS * DAY;
    const changed = { ...rows, ended: rows.ended.map((at) => (at < from ? at - DAY : at)) };
    expect(correctionAt(changed, 0, moment)).toEqual(correctionAt(rows, 0, moment));
    expect(correctionAt(rows, 0, moment)).not.toEqual(correctionAt(rows, 0, moment - 100 * DAY));
  });

  it('leaves out what says nothing of others any more', () => {
    const moment = 600 * DAY;
    const isAsleep = (row: number, at: number) => row % 2 === 0 && at === moment;
    const half = rows.predictions.map((each, row) => (row % 2 === 0 ? undefined : each));
    expect(correctionAt({ ...rows, isAsleep }, 0, moment)).toEqual(
      correctionAt({ ...rows, predictions: half }, 0, moment),
    );
  });

  it('is none before anything happened that was not learned from', () => {
    expect(correctionAt(rows, 600 * DAY, 600 * DAY)).toEqual(NO_CORRECTION);
    expect(correctionAt(rows, 700 * DAY, 600 * DAY)).toEqual(NO_CORRECTION);
  });
});

describe('what is watched', () => {
  const prediction = { p10: 9, p50: 20, p90: 39 };
  const MOMENT = 1000;
  const FROM = MOMENT - WATCHED_DAYS;
  /** The correction on day 1000 by rows that began and ended on some days. */
  const found = (rows: readonly { begun: number; ended: number }[], learnedUntil = 0) =>
    correctionAt(
      {
        predictions: rows.map(() => prediction),
        begun: rows.map(({ begun }) => begun * DAY),
        ended: rows.map(({ ended }) => ended * DAY),
      },
      learnedUntil * DAY,
      MOMENT * DAY,
    );
  const usual = Array.from({ length: 50 }, (_, index) => ({ begun: FROM + index, ended: FROM + index + 50 }));
  const byHand = (extra: readonly Watched[]) =>
    correctInterval([...usual.map((): Watched => ({ prediction, duration: 50, ended: true })), ...extra]);

  it('is each from where it stood when the watch began to where it stands', () => {
    const began = { begun: FROM - 10, ended: FROM + 5 };
    expect(found([...usual, began])).toEqual(byHand([{ prediction, duration: 15, ended: true, since: 10 }]));
    const open = { begun: FROM - 10, ended: NaN };
    expect(found([...usual, open])).toEqual(
      byHand([{ prediction, duration: WATCHED_DAYS + 10, ended: false, since: 10 }]),
    );
    const atFirst = { begun: FROM, ended: FROM + 30 };
    expect(found([...usual, atFirst])).toEqual(byHand([{ prediction, duration: 30, ended: true }]));
    // What ends at the moment has not ended before it.
    const atLast = { begun: FROM + 100, ended: MOMENT };
    expect(found([...usual, atLast])).toEqual(byHand([{ prediction, duration: 82, ended: false }]));
  });

  it('is not what begins at the moment, nor what ended before the watch', () => {
    const outside = [
      { begun: MOMENT, ended: NaN },
      { begun: FROM - 50, ended: FROM - 0.5 },
    ];
    for (const each of outside) expect(found([...usual, each])).toEqual(byHand([]));
    // On its first moment it was still there, to be gone at once.
    const gone = { begun: FROM - 50, ended: FROM };
    expect(found([...usual, gone])).toEqual(byHand([{ prediction, duration: 50, ended: true, since: 50 }]));
  });

  it('begins where the learning ended, if that is later', () => {
    const learned = FROM + 20;
    const expected = usual.map(({ begun }): Watched => ({
      ...{ prediction, duration: 50, ended: true },
      ...(begun < learned ? { since: learned - begun } : {}),
    }));
    const more = Array.from({ length: 30 }, () => ({ begun: learned, ended: learned + 70 }));
    const moreExpected = more.map((): Watched => ({ prediction, duration: 70, ended: true }));
    expect(found([...usual, ...more], learned)).toEqual(correctInterval([...expected, ...moreExpected]));
  });
});

it('corrects each prediction as on the day when it was made, before anything of that day', () => {
  const draws = new Draws(8);
  const rows = series(400, () => lasting(draws), { p10: 40, p50: 60, p90: 80 }, 3);
  const asked = [600, 601, 602, 603, 900];
  expect(correctedAsServed(rows, 10 * DAY, asked)).toEqual(
    asked.map((row) => {
      const day = Math.floor(rows.begun[row] / DAY) * DAY;
      return corrected(rows.predictions[row], correctionAt(rows, 10 * DAY, day));
    }),
  );
});

it('refuses to correct what was not predicted', () => {
  const rows = { ...series(10, () => 5, { p10: 1, p50: 5, p90: 9 }), predictions: [] };
  expect(() => correctedAsServed(rows, 0, [3])).toThrow('row 3 has no prediction');
});

describe('intervals corrected by what was in process lately', () => {
  it('hold what they should in the long run, however wrong they were, when tomorrow is like yesterday', () => {
    fc.assert(
      fc.property(interval, seed, (prediction, from) => {
        const draws = new Draws(from);
        const rows = series(4 * YEAR, () => lasting(draws), prediction);
        expect(Math.abs(held(rows, YEAR, 4 * YEAR) - (1 - 2 * OUTSIDE))).toBeLessThan(0.04);
      }),
      { numRuns: 4 },
    );
  });

  it('recover when durations shift for good: missed at first, held again once the half year before is of the new kind', () => {
    // A bit more than one deviation: p50 stays where it is, and still lies between the tenths.
    const shift = fc.constantFrom(1 / 1.35, 1.35);
    fc.assert(
      fc.property(interval, seed, shift, (prediction, from, factor) => {
        const draws = new Draws(from);
        const rows = series(4 * YEAR, (day) => lasting(draws, day < 2 * YEAR ? 1 : factor), prediction, 4);
        const [before, atFirst, later] = [
          held(rows, YEAR, YEAR + 100),
          held(rows, 2 * YEAR, 2 * YEAR + 30),
          held(rows, 3 * YEAR, 3 * YEAR + 200),
        ];
        expect(atFirst).toBeLessThan(before - 0.05);
        expect(Math.abs(later - (1 - 2 * OUTSIDE))).toBeLessThan(0.07);
      }),
      { numRuns: 4 },
    );
  });

  it('do not wait for the late ones to end: what has passed p90 in process counts as outside', () => {
    // All took from 51 to 90 days; what begins from day 300 on never ends in our time.
    const prediction = { p10: 51, p50: 60, p90: 90 };
    const rows = series(500, (day) => (day < 300 ? 51 + (Math.floor(day) % 40) : 5 * YEAR), prediction);
    expect(correctionAt(rows, 0, 300 * DAY).above).toBeLessThan(0.01);
    // A hundred and twenty days later the first thirty of them have passed p90; the oldest has taken 119.5 days.
    const moment = 420 * DAY;
    expect(correctionAt(rows, 0, moment).above).toBeCloseTo(Math.log(120.5 / 91), 9);
    const inProcess = { ...rows, ended: rows.ended.map((at) => (at < moment ? at : NaN)) };
    expect(correctionAt(inProcess, 0, moment)).toEqual(correctionAt(rows, 0, moment));
  });
});
