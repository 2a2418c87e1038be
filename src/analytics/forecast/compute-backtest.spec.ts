import { firstsOfMonths } from './compute-backtest';

describe('the moments of the backtest', () => {
  it('are the first of each of the last 24 months, in factory time', () => {
    const moments = firstsOfMonths(new Date('2025-12-11T12:50:00Z'), 'Europe/Lisbon').map((each) => new Date(each));
    expect(moments).toHaveLength(24);
    // In July the factory's day begins at 23:00 UTC.
    expect([moments[0], moments[6], moments[23]].map((each) => each.toISOString())).toEqual([
      '2024-01-01T00:00:00.000Z',
      '2024-06-30T23:00:00.000Z',
      '2025-12-01T00:00:00.000Z',
    ]);
  });

  it('lie before as_of: a month that begins at it has no past of its own yet', () => {
    const moments = firstsOfMonths(new Date('2025-12-01T00:00:00Z'), 'Europe/Lisbon');
    expect(moments).toHaveLength(24);
    expect(new Date(moments[23]).toISOString()).toBe('2025-11-01T00:00:00.000Z');
  });
});
