const SECONDS_PER_DAY = 86_400;
const EPOCH_1900 = 25_569;
const EPOCH_1904 = 24_107;
/** Serial 60 is 29 February 1900, a day that never was (kept by Excel for Lotus 1-2-3): days before 1 March 1900 have a number one lower. */
const FIRST_DAY_AFTER_FICTION = 61;

/** Excel's serial of a wall-clock time, given in whole seconds since 1970-01-01T00:00:00 without zone. */
export function wallSecondsToSerial(wallSeconds: number, date1904: boolean): number {
  const days = wallSeconds / SECONDS_PER_DAY;
  if (date1904) return days + EPOCH_1904;
  const serial = days + EPOCH_1900;
  return serial < FIRST_DAY_AFTER_FICTION ? serial - 1 : serial;
}
