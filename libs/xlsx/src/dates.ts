const DAY = 86_400;
/** 1899-12-31 (serial 0 of the 1900 system, Excel's '1900-01-00') and 1904-01-01, in days from 1970-01-01 */
const EPOCH_1900 = -25_568;
const EPOCH_1904 = -24_107;

/** Days that a four-digit year can name: from 0001-01-01 to before 10000-01-01, in days from 1970-01-01. */
const FIRST_DAY = -719_162;
const PAST_LAST_DAY = 2_932_897;

/**
 * Whole seconds from 1970-01-01T00:00:00 on a wall clock without zone, rounded to the second (a serial is a binary
 * fraction of a day: 12:50 is stored as 0.534722222222222).
 * The 1900 system counts a 29 February 1900 that never was (serial 60): serials from 61 on are one day less than they
 * count, 60 itself is read as 28 February. Serial 0 is 1899-12-31, serials below it count on backwards.
 */
export function serialToWallSeconds(serial: number, date1904: boolean): number {
  if (date1904) return EPOCH_1904 * DAY + Math.round(serial * DAY);
  return EPOCH_1900 * DAY + Math.round(serial * DAY) - (serial >= 60 ? DAY : 0);
}

/** The inverse of serialToWallSeconds on whole seconds (28 February 1900 becomes 59). */
export function wallSecondsToSerial(seconds: number, date1904: boolean): number {
  if (date1904) return seconds / DAY - EPOCH_1904;
  const serial = seconds / DAY - EPOCH_1900;
  return serial >= 60 ? serial + 1 : serial;
}

/** 1765457400 -> 2025-12-11T12:50:00. For years 1 to 9999. */
export function wallSecondsToIso(seconds: number): string {
  const iso = new Date(seconds * 1000).toISOString();
  return iso.slice(0, 19);
}

/** The serials that name a day of the years 1 to 9999: from firstDate to before pastLastDate. */
export function dateSerialRange(date1904: boolean): { firstDate: number; pastLastDate: number } {
  return {
    firstDate: wallSecondsToSerial(FIRST_DAY * DAY, date1904),
    pastLastDate: wallSecondsToSerial(PAST_LAST_DAY * DAY, date1904),
  };
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** hh:mm, hh:mm:ss or hh:mm:ss.fff from `at` to `end`, as seconds; NaN when it is none of them. */
function clockSeconds(text: string, at: number, end: number): number {
  const hours = twoDigits(text, at);
  const minutes = text[at + 2] === ':' ? twoDigits(text, at + 3) : NaN;
  let seconds = 0;
  let next = at + 5;
  if (text[next] === ':' && next < end) {
    seconds = twoDigits(text, next + 1);
    next += 3;
    if ((text[next] === '.' || text[next] === ',') && next < end) {
      let scale = 0.1;
      const first = ++next;
      for (; next < end && text[next] >= '0' && text[next] <= '9'; next++, scale /= 10) {
        seconds += (text.charCodeAt(next) - 48) * scale;
      }
      if (next === first) return NaN;
    }
  }
  if (next !== end || hours > 24 || minutes > 59 || seconds >= 61) return NaN;
  return hours * 3600 + minutes * 60 + seconds;
}

/**
 * The serial of an ISO 8601 text as cells of type "d" hold it: a date, a date and time, or a time of day (a serial
 * below 1). A zone (Z, +01:00) is left out: the text is a wall clock, as Excel reads it. NaN when it is no such text.
 */
export function isoToSerial(text: string, date1904: boolean): number {
  let end = text.length;
  if (text[end - 1] === 'Z') end--;
  else if (end > 6 && text[end - 3] === ':' && (text[end - 6] === '+' || (text[end - 6] === '-' && end > 11))) end -= 6;
  if (text[0] === 'T' || text[2] === ':') return clockSeconds(text, text[0] === 'T' ? 1 : 0, end) / DAY;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (text[4] !== '-' || text[7] !== '-' || !(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return NaN;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCDate() !== day) return NaN;
  let seconds = date.getTime() / 1000;
  if (end > 10) {
    if (text[10] !== 'T' && text[10] !== ' ') return NaN;
    seconds += clockSeconds(text, 11, end);
  }
  return wallSecondsToSerial(seconds, date1904);
}
