/**
 * Built-in formats that show a date or time: ECMA-376 part 1, 18.8.30. 14 to 22 and 45 to 47 everywhere, 27 to 36 and
 * 50 to 58 in East Asian, 71 to 81 in Thai workbooks.
 */
export function isBuiltInDateFormat(id: number): boolean {
  return (
    (id >= 14 && id <= 22) ||
    (id >= 27 && id <= 36) ||
    (id >= 45 && id <= 47) ||
    (id >= 50 && id <= 58) ||
    (id >= 71 && id <= 81)
  );
}

/** [h], [mm], [ss]: elapsed time. Other brackets hold colours, conditions and locales. */
function isElapsed(bracket: string): boolean {
  const letter = bracket[0]?.toLowerCase();
  if (letter !== 'h' && letter !== 'm' && letter !== 's') return false;
  for (const other of bracket) if (other.toLowerCase() !== letter) return false;
  return true;
}

/**
 * Whether a format code shows its number as a date or time: it holds one of d, m, y, h, s outside quoted text ("d"),
 * escaped (\d), padding (_d, *d) and bracketed ([Red], [$-409], [>=100]) places, or AM/PM, or an elapsed time ([h]).
 * 'General' names no date. Any section counts: yyyy-mm-dd;@ is a date.
 */
export function isDateFormatCode(code: string): boolean {
  for (let i = 0; i < code.length; i++) {
    switch (code[i]) {
      case '"': {
        const close = code.indexOf('"', i + 1);
        if (close < 0) return false;
        i = close;
        break;
      }
      case '\\':
      case '_':
      case '*':
        i++;
        break;
      case '[': {
        const close = code.indexOf(']', i + 1);
        if (close < 0) return false;
        if (isElapsed(code.slice(i + 1, close))) return true;
        i = close;
        break;
      }
      case 'd':
      case 'D':
      case 'm':
      case 'M':
      case 'y':
      case 'Y':
      case 'h':
      case 'H':
      case 's':
      case 'S':
        return true;
      case 'A':
      case 'a':
        if (/^a(m\/p|\/p)/i.test(code.slice(i, i + 4))) return true;
        break;
    }
  }
  return false;
}
