import fc from 'fast-check';
import { parseInt8, parseTimestamp, sessionUrl } from './session';

describe('parseInt8', () => {
  it('reads up to 2^53 - 1 and no further', () => {
    expect(parseInt8('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => parseInt8('9007199254740993')).toThrow('9007199254740993 does not fit a number');
  });
});

describe('sessionUrl', () => {
  it('adds UTC and a name, and keeps what the address already says', () => {
    const url = new URL(sessionUrl('postgresql://u:p%40@h:1/d?sslmode=require&options=-c%20work_mem%3D64MB', 'me'));
    expect(url.password).toBe('p%40');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      sslmode: 'require',
      options: '-c work_mem=64MB -c TimeZone=UTC',
      application_name: 'me',
    });
  });
});

describe('parseTimestamp', () => {
  const text = (instant: Date, fraction: string) =>
    `${instant.toISOString().slice(0, 19).replace('T', ' ')}${fraction}+00`;

  it('reads every instant as it was written', () => {
    const years = { min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(years), (date) => {
        const instant = new Date(Math.floor(date.getTime() / 1000) * 1000);
        expect(parseTimestamp(text(instant, '')).getTime()).toBe(instant.getTime());
      }),
    );
  });

  it.each([
    ['.5', 500],
    ['.12', 120],
    ['.123', 123],
    ['.000999', 0],
    ['.123456', 123],
  ])('takes %s seconds for %i ms', (fraction, milliseconds) => {
    expect(parseTimestamp(`2025-12-11 12:50:00${fraction}+00`).getTime()).toBe(
      Date.UTC(2025, 11, 11, 12, 50, 0, milliseconds),
    );
  });

  it('leaves to the driver what is written otherwise', () => {
    expect(parseTimestamp('2025-07-01 09:00:00+01')).toEqual(new Date('2025-07-01T08:00:00Z'));
    expect(parseTimestamp('0044-03-15 12:00:00+00 BC').getUTCFullYear()).toBe(-43);
    expect(parseTimestamp('infinity')).toBe(Infinity);
  });
});
