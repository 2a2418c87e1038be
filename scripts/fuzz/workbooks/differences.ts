import type { ReadCell, ReadSheet } from '../../../libs/xlsx/src/testing/read-cells';
import { COVERED } from '../../../test/support/exceljs-cells';

type Value = ReadCell[1] | undefined;

/** One cell, or sheet, that two readers read differently; undefined: that reader has nothing there. */
export interface Difference {
  sheet: string;
  address: string;
  own: Value;
  theirs: Value;
  /** exceljs has no cell at all of this sheet */
  isSheetUnread: boolean;
}

/** Where exceljs departs from the format, or the format leaves room and this product chose otherwise. */
interface KnownDifference {
  why: string;
  holds: (difference: Difference) => boolean;
}

const isDate = (value: Value): value is string => typeof value === 'string' && value.startsWith('d:');
const isError = (value: Value): value is string => typeof value === 'string' && value.startsWith('e:');
const DAY = 86_400;
/** Of a Date of JavaScript, before and after 1970. */
const LAST_DATE_SECONDS = 8.64e12;
const secondsOf = (date: string): number => Date.parse(`${date.slice(2)}Z`) / 1000;
/** exceljs counts days from 1899-12-30 on, also those before March 1900. */
const exceljsSeconds = (serial: number): number => Math.round(Date.UTC(1899, 11, 30) / 1000 + serial * DAY);
/** Whether exceljs makes this of a cell whose value is a text where a number belongs. */
const isMadeOf = (text: string, theirs: Value): boolean => {
  const float = Number.parseFloat(text);
  const whole = Number.parseInt(text, 10);
  if (theirs === undefined) return !Number.isFinite(float);
  if (theirs === 'd:none') return !(Math.abs(exceljsSeconds(float)) <= LAST_DATE_SECONDS);
  if (typeof theirs === 'boolean') return theirs === (whole !== 0);
  return isDate(theirs)
    ? secondsOf(theirs) === exceljsSeconds(float)
    : Object.is(theirs, float) || Object.is(theirs, whole);
};
const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** docs/proof.md tells them in words. */
const KNOWN: readonly KnownDifference[] = [
  {
    why: 'a sheet of which exceljs reads nothing: it looks for parts of certain names and elements without a prefix',
    holds: ({ isSheetUnread }) => isSheetUnread,
  },
  {
    why: 'a cell below a merged range: exceljs shows the first cell instead of what is stored',
    holds: ({ theirs }) => theirs === COVERED,
  },
  {
    why: 'a number cell without a number: nothing or an error cell here, parseFloat or parseInt of it there',
    holds: ({ own, theirs }) =>
      own === undefined ? Number.isNaN(theirs) || theirs === 'd:none' : isError(own) && isMadeOf(own.slice(2), theirs),
  },
  {
    why: 'an error cell: white space around its code does not count here, and a text in place of its value does not either',
    holds: ({ own, theirs }) =>
      isError(theirs) &&
      (own === undefined ? !/^\s*#/.test(theirs.slice(2)) : isError(own) && own.slice(2) === theirs.slice(2).trim()),
  },
  {
    why: 'a formula whose value is 0 or false: exceljs loses it',
    holds: ({ own, theirs }) => (own === 0 || own === false) && theirs === undefined,
  },
  {
    why: 'an ISO date (t="d"): exceljs takes the number that it begins with',
    holds: ({ own, theirs }) => isDate(own) && isMadeOf(own.slice(2), theirs),
  },
  {
    why: 'the 1904 date system: exceljs knows it by "1" alone, not by "true"',
    holds: ({ own, theirs }) => isDate(own) && isDate(theirs) && secondsOf(own) - secondsOf(theirs) === 1462 * DAY,
  },
  {
    why: 'dates before 1900-03-01: two conventions for the 29 February 1900 that never was',
    holds: ({ own, theirs }) => isDate(own) && isDate(theirs) && own < 'd:1900-03-01',
  },
  {
    why: 'serials outside the years 1 to 9999: a number here, a date of no calendar there',
    holds: ({ own, theirs }) => typeof own === 'number' && isDate(theirs) && (own > 2_958_465 || own < -693_594),
  },
  {
    why: 'true and false in words: exceljs takes any text, also a blank one, for true',
    holds: ({ own, theirs }) => (typeof own === 'boolean' || own === undefined) && theirs === true,
  },
  {
    why: 'Excel escapes (_x000D_) in the values of formulas and errors: exceljs leaves them',
    holds: ({ own, theirs }) =>
      typeof theirs === 'string' &&
      unescaped(theirs) !== theirs &&
      (unescaped(theirs) === own || (own === undefined && unescaped(theirs.replace(/^e:/, '')).trim() === '')),
  },
];

/** Stands for the address of a sheet that this product does not list at all. */
export const WHOLE_SHEET = 'the sheet itself';

/** Every cell on which the two do not agree, and every sheet that exceljs alone lists. */
export function differencesOf(own: readonly ReadSheet[], theirs: readonly ReadSheet[]): Difference[] {
  const ownNames = new Set(own.map(({ name }) => name));
  const found = theirs
    .filter(({ name }) => !ownNames.has(name))
    .map(({ name: sheet, cells }): Difference => {
      return { sheet, address: WHOLE_SHEET, own: undefined, theirs: `${cells.length} cells`, isSheetUnread: false };
    });
  const theirSheets = new Map(theirs.map((sheet) => [sheet.name, sheet]));
  for (const { name: sheet, cells } of own) {
    const ownCells = new Map(cells);
    const theirCells = new Map(theirSheets.get(sheet)?.cells);
    const isSheetUnread = theirCells.size === 0;
    for (const address of new Set([...ownCells.keys(), ...theirCells.keys()])) {
      const difference = { sheet, address, own: ownCells.get(address), theirs: theirCells.get(address), isSheetUnread };
      if (!isSame(difference)) found.push(difference);
    }
  }
  return found;
}

const isSame = ({ own, theirs }: Difference): boolean =>
  Object.is(own, theirs) || (own === 0 && theirs === 0) || (own === undefined && theirs === COVERED);

/** Why they differ, where that is known. */
export function reasonOf(difference: Difference): string | undefined {
  return KNOWN.find(({ holds }) => holds(difference))?.why;
}
