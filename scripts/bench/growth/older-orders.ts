import { SHEETS, matchSheets, sheetOf, type Entity } from '@libs/workbook';
import type { Cell, Row } from '@libs/xlsx-writer';

/**
 * Days between one copy of the orders and the next newer one: whole weeks, so that weekends stay weekends, and more than
 * the 180 days after which an order is dormant, so that what was open when a copy ended is not taken for work in process.
 */
export const SHIFT_DAYS = 182;
const DAY_SECONDS = 86_400;
/** Between the ids of one copy and the next newer one; the factory's are below. */
export const ID_STEP = 100_000_000;
/** Earlier dates are ways to write 'none', which stay what they are. */
const FIRST_DATE = Date.UTC(1950, 0, 1) / 1000;

/** Columns that name an order or a phase of one; all other ids name what every copy shares. */
const OWN_IDS: Readonly<Partial<Record<Entity, readonly string[]>>> = {
  ordens_fabrico: ['of_id'],
  fases_ordem_fabrico: ['faseof_id', 'faseof_of_id'],
  funcionarios_fase_ordem_fabrico: ['funcionariofaseof_id'],
  erros_ordem_fabrico: ['ofch_of_id', 'ofch_faseof_avaliacao', 'ofch_faseof_culpada'],
};

/** A sheet of the workbook with its continuations, and which of its columns are of a copy's own. */
export interface GrowingSheet {
  name: string;
  /** positions of the sheet and its continuations in the workbook */
  parts: readonly number[];
  /** headers of ids and dates that differ from copy to copy; undefined where there is one copy for all */
  own: { ids: readonly string[]; dates: readonly string[] } | undefined;
}

/** The nine sheets in the workbook's order. @throws MappingError when one is missing */
export function growingSheets(names: readonly string[]): GrowingSheet[] {
  return matchSheets(names)
    .sheets.map(({ entity, parts }) => ({ name: sheetOf(entity).sheet, parts, own: ownColumns(entity) }))
    .sort((a, b) => a.parts[0] - b.parts[0]);
}

function ownColumns(entity: Entity): GrowingSheet['own'] {
  const ids = OWN_IDS[entity];
  const { columns } = SHEETS.find((sheet) => sheet.entity === entity)!;
  return (
    ids && {
      ids: columns.filter(({ column }) => ids.includes(column)).map(({ header }) => header),
      dates: columns.filter(({ type }) => type === 'date').map(({ header }) => header),
    }
  );
}

/** Turns a row of the original, in place, into that of a copy. */
export type MakeOlder = (cells: Cell[]) => void;

/**
 * `age` counts from the newest copy, which has the original's dates; the oldest one has its ids: ids rise with time.
 * @throws Error when the header lacks a column, RangeError (from what it returns) when an id is so large that two
 * copies would share it
 */
export function olderBy(age: number, copies: number, header: Row, own: NonNullable<GrowingSheet['own']>): MakeOlder {
  const places = (names: readonly string[]): number[] => names.map((name) => placeOf(header, name));
  const ids = places(own.ids);
  const dates = places(own.dates);
  const idShift = (copies - 1 - age) * ID_STEP;
  const dateShift = age * SHIFT_DAYS * DAY_SECONDS;
  return (cells) => {
    for (const place of ids) {
      const id = cells[place];
      if (typeof id !== 'number') continue;
      if (id >= ID_STEP) throw new RangeError(`The id ${id} is also one of the next copy.`);
      cells[place] = id + idShift;
    }
    for (const place of dates) {
      const cell = cells[place];
      if (cell === null || typeof cell !== 'object' || !('date' in cell) || cell.date < FIRST_DATE) continue;
      cells[place] = { date: cell.date - dateShift };
    }
  };
}

function placeOf(header: Row, name: string): number {
  const place = header.indexOf(name);
  if (place < 0) throw new Error(`No column is called ${name}.`);
  return place;
}
