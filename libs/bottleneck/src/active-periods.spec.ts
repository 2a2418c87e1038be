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
