import { dayAfter, monthAfter, monthFrom, monthOf, monthsBetween } from './calendar';

describe('the calendar of days', () => {
  it('goes on over months, leap days and years', () => {
    expect(['2024-02-28', '2025-02-28', '2025-12-31'].map(dayAfter)).toEqual([
      '2024-02-29',
      '2025-03-01',
      '2026-01-01',
    ]);
    expect(['2025-01-31', '2025-12-01'].map(monthAfter)).toEqual(['2025-02-01', '2026-01-01']);
    expect(['2025-01-01', '2025-01-02'].map(monthFrom)).toEqual(['2025-01-01', '2025-02-01']);
    expect(monthOf('2025-12-31')).toBe('2025-12-01');
  });

  it('ends with the last day that four digits can tell', () => {
    expect([dayAfter('9999-12-31'), monthAfter('9999-12-02')]).toEqual(['9999-12-31', '9999-12-31']);
    expect(monthsBetween('9999-12-02', '9999-12-31')).toEqual(['9999-12-31', '9999-12-31']);
  });
});

describe('the whole months of a window of days', () => {
  it('begin on the first and end before the month of its end', () => {
    expect(monthsBetween('2024-12-11', '2025-12-12')).toEqual(['2025-01-01', '2025-12-01']);
    expect(monthsBetween('2024-12-01', '2025-02-01')).toEqual(['2024-12-01', '2025-02-01']);
    expect(monthsBetween('2024-11-30', '2025-01-01')).toEqual(['2024-12-01', '2025-01-01']);
  });

  it('are none where the window has not all days of one', () => {
    expect(monthsBetween('2025-01-02', '2025-02-28')).toEqual(['2025-02-28', '2025-02-28']);
    expect(monthsBetween('2025-01-01', '2025-01-31')).toEqual(['2025-01-31', '2025-01-31']);
    expect(monthsBetween('2025-12-02', '2026-01-01')).toEqual(['2026-01-01', '2026-01-01']);
  });
});
