import { latin1 } from './byte-text';

/** 10^0 to 10^22: the powers of ten that a double holds exactly. */
export const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

const TWO_TO_53 = 2 ** 53;

/**
 * The number written in bytes[start, end) as XML Schema's double writes it: sign, digits, point, exponent. NaN when the
 * bytes are anything else ('', '0x10', 'Infinity', '1,5') or too large for a double.
 * The result is Number()'s, to the last bit: digits below 2^53 and a power of ten below 10^23 are exact, so their
 * quotient is rounded once (Clinger 1990); everything longer is left to Number() itself.
 */
export function parseNumberBytes(bytes: Buffer, start: number, end: number): number {
  let at = start;
  const isNegative = bytes[at] === 0x2d;
  if (isNegative || bytes[at] === 0x2b) at++;
  let value = 0;
  let digits = at;
  for (; at < end && isDigit(bytes[at]); at++) value = value * 10 + bytes[at] - 48;
  let scale = 0;
  if (at < end && bytes[at] === 0x2e) {
    const first = ++at;
    digits++;
    for (; at < end && isDigit(bytes[at]); at++) value = value * 10 + bytes[at] - 48;
    scale = at - first;
  }
  if (at === digits) return NaN;
  if (at === end && value < TWO_TO_53 && scale <= 22) {
    if (scale !== 0) value /= POWERS_OF_TEN[scale];
    return isNegative ? -value : value;
  }
  if (at < end && (bytes[at] | 0x20) === 0x65) {
    at++;
    if (bytes[at] === 0x2d || bytes[at] === 0x2b) at++;
    const first = at;
    for (; at < end && isDigit(bytes[at]); at++);
    if (at === first) return NaN;
  }
  if (at !== end) return NaN;
  value = Number(latin1(bytes, start, end));
  return Number.isFinite(value) ? value : NaN;
}
