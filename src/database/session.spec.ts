import { parseInt8, sessionUrl } from './session';

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
