import fc from 'fast-check';
import { type Covered, coverageWithOpen } from './coverage';

const interval = { p10: 10, p50: 20, p90: 30 };
const took = (duration: number) => ({ interval, duration, ended: true });
const sofar = (duration: number) => ({ interval, duration, ended: false });

describe('the share that an interval holds', () => {
  it('is that of the finished, where all are', () => {
    expect(coverageWithOpen([took(5), took(10), took(25), took(30), took(31)])).toBeCloseTo(3 / 5, 12);
    expect(coverageWithOpen([])).toBeNaN();
  });

  it('counts what has not ended as far as it was watched', () => {
    // Ended after 20; watched for 25 and 40: of what passes 20, two thirds, nobody ended by 30. p90 holds a third.
    expect(coverageWithOpen([took(20), sofar(25), sofar(40)])).toBeCloseTo(1 / 3, 12);
    // Watched for 1 day only it says nothing: as if it were not there.
    expect(coverageWithOpen([took(20), took(40), sofar(1)])).toBeCloseTo(1 / 2, 12);
  });

  it('is what of those still running at one end is no longer running at the other, whatever the intervals', () => {
    /** Of what was still there at each ratio of duration to end, the share that passed it, to the end of the interval. */
    const running = (rows: readonly Covered[], end: 'p10' | 'p90') => {
      const ratioOf = ({ interval: own, duration }: Covered) => (1 + duration) / (1 + own[end]);
      // The low end is inside: what took exactly p10 counts as still running there.
      const isBefore = (ratio: number) => (end === 'p10' ? ratio < 1 : ratio <= 1);
      const times = [...new Set(rows.filter(({ ended }) => ended).map(ratioOf))].filter(isBefore);
      return times.reduce((share, time) => {
        const there = rows.filter((row) => ratioOf(row) >= time).length;
        const gone = rows.filter((row) => row.ended && ratioOf(row) === time).length;
        return share * (1 - gone / there);
      }, 1);
    };
    const days = fc.integer({ min: 0, max: 6 });
    const row = fc.tuple(days, days, days, fc.boolean()).map(([p10, more, duration, ended]) => ({
      ...{ interval: { p10, p50: p10, p90: p10 + more }, duration, ended },
    }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
        expect(coverageWithOpen(rows)).toBeCloseTo(running(rows, 'p10') - running(rows, 'p90'), 12);
      }),
    );
  });
});
