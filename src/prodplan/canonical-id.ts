const CANONICAL = /^(0|[1-9]\d{0,15})$/;
const DIGITS = /^\d{1,19}$/;

/**
 * The id as the database writes it, or undefined when nothing can have it: the page puts any text into the path. Ids
 * are whole numbers up to 2^53: larger ones could not be the JSON numbers that they are in other answers.
 */
export function parseCanonicalId(text: string): string | undefined {
  return CANONICAL.test(text) && Number.isSafeInteger(Number(text)) ? text : undefined;
}

/** Bounds `from <= id < to`, compared byte by byte, of the ids whose digits begin with a prefix. */
export interface DigitRange {
  from: string;
  to: string;
}

/** The range of a typed prefix, or undefined when nothing can begin with it. */
export function digitRange(prefix: string): DigitRange | undefined {
  if (!DIGITS.test(prefix)) return undefined;
  const last = prefix.length - 1;
  // The byte after '9' is ':', so the last digit grows by one without a carry.
  return { from: prefix, to: prefix.slice(0, last) + String.fromCharCode(prefix.charCodeAt(last) + 1) };
}
