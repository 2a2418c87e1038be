import { meanWaitMD1, meanWaitMMc } from './queueing-theory';

describe('queueing theory', () => {
  it('knows the textbook waits', () => {
    // M/M/1: rho / (1 - rho). M/M/2 at 0.5: load 1, P(wait) = 1/3, wait = 1/3 / (2 * 0.5). M/M/3 at 2/3: load 2, all busy
    // 4/3 * 3 beside 1 + 2 + 2, P(wait) = 4/9, wait = 4/9 / (3 * 1/3). M/D/1: half of M/M/1.
    expect(meanWaitMMc(1, 0.75)).toBeCloseTo(3, 12);
    expect(meanWaitMMc(2, 0.5)).toBeCloseTo(1 / 3, 12);
    expect(meanWaitMMc(3, 2 / 3)).toBeCloseTo(4 / 9, 12);
    expect(meanWaitMD1(0.75)).toBeCloseTo(1.5, 12);
  });
});
