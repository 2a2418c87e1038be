import { meanWaitMD1, meanWaitMMc } from './queueing-theory';

describe('queueing theory', () => {
  it('knows the textbook waits', () => {
    // M/M/1: rho / (1 - rho). M/M/2 at 0.5: load 1, P(wait) = 1/3, wait = 1/3 / (2 * 0.5). M/D/1: half of M/M/1.
    expect(meanWaitMMc(1, 0.75)).toBeCloseTo(3, 12);
    expect(meanWaitMMc(2, 0.5)).toBeCloseTo(1 / 3, 12);
    expect(meanWaitMD1(0.75)).toBeCloseTo(1.5, 12);
  });
});
