import fc from 'fast-check';
import { rankPhases, scorePhase, severityOf, trendOf, usualOf, type PhaseLoad } from './score';

const HOUR = 3600;
const load = (wip: number, ageHours: number | null, queue: number, waitHours: number | null): PhaseLoad => ({
  faseId: 1,
  wip,
  wipAgeP90: ageHours === null ? null : ageHours * HOUR,
  queue,
  queueAgeP90: waitHours === null ? null : waitHours * HOUR,
});

describe('the score of a phase', () => {
  it('weighs what stands there against the usual', () => {
    // age 300 of 300 + 100: 75; load 15 of 15 + 5: 75; wait 50 of 50 + 50: 50.
    // (0.4 * 75 + 0.35 * 75 + 0.25 * 50) = 68.75, times 15 / 20 = 51.5625.
    const { score, parts } = scorePhase(load(12, 300, 3, 50), {
      load: 5,
      wipAgeP90: 100 * HOUR,
      queueAgeP90: 50 * HOUR,
    });
    expect(parts).toEqual({ wipAge: 75, load: 75, queueAge: 50 });
    expect(score).toBe(51.56);
  });

  it('compares with one order and one day where less, or nothing, is usual', () => {
    // age 72 of 72 + 24: 75; load 1 of 1 + 1: 50; no queue: 0. (30 + 17.5) * 1 / 6 = 7.9166…
    expect(scorePhase(load(1, 72, 0, null), {})).toEqual({ score: 7.92, parts: { wipAge: 75, load: 50, queueAge: 0 } });
    expect(scorePhase(load(1, 72, 0, null), { load: 0, wipAgeP90: 1 }).score).toBe(7.92);
  });

  it('stays within 0 and 100, and grows with load, age and wait', () => {
    const amount = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(amount, amount, amount, amount, fc.integer({ min: 1, max: 500 }), (wip, age, queue, wait, more) => {
        const usual = { load: 7, wipAgeP90: 90 * HOUR, queueAgeP90: 40 * HOUR };
        const score = (a: number, b: number, c: number, d: number) => scorePhase(load(a, b, c, d), usual).score;
        const base = score(wip, age, queue, wait);
        expect(base).toBeGreaterThanOrEqual(0);
        expect(base).toBeLessThanOrEqual(100);
        expect(score(wip + more, age, queue, wait)).toBeGreaterThanOrEqual(base);
        expect(score(wip, age + more, queue, wait)).toBeGreaterThanOrEqual(base);
        expect(score(wip, age, queue + more, wait)).toBeGreaterThanOrEqual(base);
        expect(score(wip, age, queue, wait + more)).toBeGreaterThanOrEqual(base);
      }),
    );
  });
});

describe('the usual values', () => {
  it('are medians over the moments; an empty moment has no load and no age', () => {
    // Loads 4, 0, 2 + 3: 4. Ages of the WIP 10 and 30 h: 20 h. One wait: 8 h.
    expect(usualOf([load(4, 10, 0, null), undefined, load(2, 30, 3, 8)])).toEqual({
      load: 4,
      wipAgeP90: 20 * HOUR,
      queueAgeP90: 8 * HOUR,
    });
  });

  it('are unknown without a moment to look at', () => {
    expect(usualOf([])).toEqual({ load: undefined, wipAgeP90: undefined, queueAgeP90: undefined });
  });
});

it('ranks by score, then by what stands there, then by id', () => {
  const phase = (faseId: number, score: number, wip: number, queue: number) => ({
    now: { ...load(wip, 1, queue, null), faseId },
    score,
  });
  const ranked = rankPhases([
    phase(9, 10, 1, 0),
    phase(4, 50, 2, 0),
    phase(3, 50, 1, 1),
    phase(8, 50, 1, 6),
    phase(2, 50, 3, 0),
  ]);
  expect(ranked.map(({ now }) => now.faseId)).toEqual([8, 2, 3, 4, 9]);
});

it.each([
  [60, 'HIGH'],
  [59.99, 'MEDIUM'],
  [40, 'MEDIUM'],
  [39.99, 'LOW'],
])('a score of %d is %s', (score, severity) => {
  expect(severityOf(score)).toBe(severity);
});

it.each([
  [45, 40, 'RISING'],
  [44.99, 40, 'STABLE'],
  [35, 40, 'FALLING'],
])('%d after %d is %s', (score, before, trend) => {
  expect(trendOf(score, before)).toBe(trend);
});
