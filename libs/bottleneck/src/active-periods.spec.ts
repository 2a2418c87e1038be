import fc from 'fast-check';
import { activePeriods, type Execution } from './active-periods';

const run = (faseId: number, start: number, end: number): Execution => ({ faseId, start, end });

describe('the active-period method', () => {
  it('names the longest uninterrupted period, and shares what overlaps', () => {
    // Window 0..100. Phase 1 is active 0..40 (two executions that touch), phase 2 30..90, phase 3 35..45 and 95..100.
    // At 0 only 1 is active: it is the bottleneck to 40. Then 2 (60 long) and 3 (10) go on: 2, to 90. Nothing to 95, then 3.
    // 1 alone 0..30, shifting 30..40, 2 alone 40..90, 3 alone 95..100.
    const shares = activePeriods(
      [run(1, 0, 25), run(1, 25, 40), run(2, 30, 90), run(3, 35, 45), run(3, 95, 130)],
      0,
      100,
    );
    expect(shares).toEqual([
      { faseId: 2, executions: 1, activeShare: 0.6, soleShare: 0.5, shiftingShare: 0.1 },
      { faseId: 1, executions: 2, activeShare: 0.4, soleShare: 0.3, shiftingShare: 0.1 },
      { faseId: 3, executions: 2, activeShare: 0.15, soleShare: 0.05, shiftingShare: 0 },
    ]);
  });

  it('passes over a period that begins and ends within a longer one', () => {
    const shares = activePeriods([run(1, 0, 80), run(2, 20, 60)], 0, 100);
    expect(shares.map(({ faseId, soleShare, shiftingShare }) => [faseId, soleShare, shiftingShare])).toEqual([
      [1, 0.8, 0],
      [2, 0, 0],
    ]);
  });

  /** Sole and shifting time by phase, in hundredths of the window, as they are ranked. */
  const ranked = (executions: readonly Execution[], from = 0, to = 100): number[][] =>
    activePeriods(executions, from, to).map(({ faseId, soleShare, shiftingShare }) => [
      faseId,
      Math.round(soleShare * 100),
      Math.round(shiftingShare * 100),
    ]);

  it('passes to the longest period that goes on, also where that began last', () => {
    // At 20 phase 2 (20 long) and phase 3 (45 long) go on: 3. 1 alone 0..15, shifting to 20, 3 alone to 60.
    expect(ranked([run(1, 0, 20), run(2, 10, 30), run(3, 15, 60)])).toEqual([
      [3, 40, 5],
      [1, 15, 5],
      [2, 0, 0],
    ]);
  });

  it('takes of equally long periods the one that began first, then the one with the lesser id', () => {
    // At 20 phase 3 takes over and at 35 phase 2: shifting 5..35 for 3, 10..35 for 2, which is alone to 40.
    expect(ranked([run(1, 0, 20), run(3, 5, 35), run(2, 10, 40)])).toEqual([
      [2, 5, 25],
      [3, 0, 30],
      [1, 5, 15],
    ]);
    // At 20 phase 2 takes over, and at 35 there is nothing left of phase 3.
    expect(ranked([run(1, 0, 20), run(3, 5, 35), run(2, 5, 35)])).toEqual([
      [2, 15, 15],
      [1, 5, 15],
      [3, 0, 0],
    ]);
  });

  it('takes executions that touch for one period, and those that do not for two', () => {
    // 50 against 40 long: phase 1 throughout.
    expect(ranked([run(1, 0, 25), run(1, 25, 50), run(2, 0, 40)])).toEqual([
      [1, 50, 0],
      [2, 0, 0],
    ]);
    // 25 against 40 long: phase 2, from which it passes at 40 to the second period of phase 1.
    expect(ranked([run(1, 0, 25), run(1, 26, 50), run(2, 0, 40)])).toEqual([
      [2, 26, 14],
      [1, 10, 14],
    ]);
    // An execution within another does not shorten the period.
    expect(ranked([run(3, 0, 90), run(1, 0, 50), run(1, 10, 20), run(1, 40, 60)])).toEqual([
      [3, 90, 0],
      [1, 0, 0],
    ]);
  });

  it('ranks equal parts by the time of activity, then by id, and counts from the beginning of the window', () => {
    expect(ranked([run(9, 1000, 1010), run(4, 1020, 1030)], 1000, 1100)).toEqual([
      [4, 10, 0],
      [9, 10, 0],
    ]);
    expect(ranked([run(1, 0, 90), run(5, 10, 20), run(2, 30, 35), run(7, 40, 50)])).toEqual([
      [1, 90, 0],
      [5, 0, 0],
      [7, 0, 0],
      [2, 0, 0],
    ]);
  });

  it('is empty without executions in the window', () => {
    expect(activePeriods([], 0, 10)).toEqual([]);
    expect(activePeriods([run(1, -5, 0), run(2, 10, 12), run(3, 4, 4)], 0, 10)).toEqual([]);
  });

  const executions = fc.array(
    fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: -20, max: 110 }), fc.integer({ min: 1, max: 60 }))
      .map(([faseId, start, length]) => run(faseId, start, start + length)),
    { maxLength: 40 },
  );

  it('makes somebody the bottleneck exactly while somebody is active', () => {
    fc.assert(
      fc.property(executions, (all) => {
        const shares = activePeriods(all, 0, 100);
        let covered = 0;
        for (let at = 0; at < 100; at += 1) if (all.some(({ start, end }) => start <= at && at < end)) covered += 1;
        const sole = shares.reduce((sum, share) => sum + share.soleShare, 0);
        const shifting = shares.map((share) => share.shiftingShare);
        // Shifting time is counted for each of those it passes between, so it lies between the greatest and half the sum.
        expect(sole + Math.max(0, ...shifting)).toBeLessThanOrEqual(covered / 100 + 1e-9);
        expect(sole + shifting.reduce((sum, share) => sum + share, 0)).toBeGreaterThanOrEqual(covered / 100 - 1e-9);
        for (const share of shares)
          expect(share.soleShare + share.shiftingShare).toBeLessThanOrEqual(share.activeShare + 1e-9);
      }),
    );
  });

  it('does not depend on the order of the executions', () => {
    fc.assert(
      fc.property(executions, (all) => {
        expect(activePeriods([...all].reverse(), 0, 100)).toEqual(activePeriods(all, 0, 100));
      }),
    );
  });
});
