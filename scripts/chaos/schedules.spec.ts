import { lateness } from './schedules';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;
const DUE = NOW + 3 * MINUTE_MS;

describe('what repeats', () => {
  it('is in time at the time of its pattern, and shortly after it has come due', () => {
    expect(lateness(DUE, DUE, NOW)).toBeUndefined();
    expect(lateness(NOW - MINUTE_MS / 2, DUE, NOW)).toBeUndefined();
  });

  it('is not where it is gone, put off, or came due long ago and was not done', () => {
    expect(lateness(undefined, DUE, NOW)).toBe('repeats no more');
    expect(lateness(DUE + 30 * 60 * MINUTE_MS, DUE, NOW)).toBe('is put off until 2026-01-16T18:03:00.000Z');
    expect(lateness(NOW - 2 * MINUTE_MS, DUE, NOW)).toBe('has not been done since 2026-01-15T11:58:00.000Z');
  });
});
