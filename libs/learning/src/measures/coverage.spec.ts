import { coverageWithOpen } from './coverage';

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
});
