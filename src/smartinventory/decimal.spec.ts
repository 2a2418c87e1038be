import { decimal } from './decimal';

describe('decimal', () => {
  it('leaves out what floating point adds behind the 15 digits of a workbook', () => {
    expect(26 * 0.9).not.toBe(23.4);
    expect(decimal(26 * 0.9)).toBe(23.4);
    expect(decimal(6 * 1.075)).toBe(6.45);
    expect(decimal(0.1 + 0.2)).toBe(0.3);
  });

  it('leaves every number of up to 15 digits as it is', () => {
    for (const value of [0, 0.9, 1.075, 123456789012345, 1.23456789012345, 1e-7, 4.15])
      expect(decimal(value)).toBe(value);
  });
});
