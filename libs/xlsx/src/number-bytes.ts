import { latin1 } from './byte-text';

/** 10^0 to 10^22: the powers of ten that a double holds exactly. */
export const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/**
 * The number written in bytes[start, end) as XML Schema's double writes it: sign, digits, point, exponent. NaN when the
 * bytes are anything else ('', '0x10', 'Infinity', '1,5') or too large for a double.
 * The result is Number()'s, to the last bit; this is the path for what the scanner's own loop does not take.
 */
export function parseNumberBytes(bytes: Buffer, start: number, end: number): number {
  let at = start;
  if (bytes[at] === 0x2d || bytes[at] === 0x2b) at++;
  let digits = 0;
  for (; at < end && isDigit(bytes[at]); at++) digits++;
  if (at < end && bytes[at] === 0x2e) {
    at++;
    for (; at < end && isDigit(bytes[at]); at++) digits++;
  }
  if (digits === 0) return NaN;
  if (at < end && (bytes[at] | 0x20) === 0x65) {
    at++;
    if (bytes[at] === 0x2d || bytes[at] === 0x2b) at++;
    const first = at;
    for (; at < end && isDigit(bytes[at]); at++);
    if (at === first) return NaN;
  }
  if (at !== end) return NaN;
  const value = Number(latin1(bytes, start, end));
  return Number.isFinite(value) ? value : NaN;
}
