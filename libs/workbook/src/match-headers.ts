import type { ColumnDefinition, SheetDefinition } from './definitions';
import { MappingError } from './mapping-error';
import { NO_ALIASES, type MappingAliases } from './mapping-file';
import { foldName, nearestName } from './names';

/** How many non-empty rows from the top may precede the header. */
export const HEADER_SEARCH_ROWS = 50;

export interface HeaderMatch {
  /** For every column of the definition, in its order, the Excel column (from 1) that holds it. */
  readonly columns: readonly number[];
  /** Columns that the definition does not know, with their headers. */
  readonly extras: readonly { readonly column: number; readonly header: string }[];
  readonly warnings: readonly string[];
}

export interface HeaderCandidate {
  /** Excel's row number. */
  readonly row: number;
  /** The row's texts by Excel column (from 1). */
  readonly cells: readonly { readonly column: number; readonly text: string }[];
}

/**
 * Matches one row against a sheet's headers: exact, then regardless of case, accents and underscores, then aliases.
 * Columns may stand in any order.
 *
 * @returns the match, or undefined where a required header is missing
 * @throws MappingError HEADER_AMBIGUOUS where a required header stands in several columns and none is exact
 */
export function matchHeaders(
  definition: SheetDefinition,
  row: HeaderCandidate,
  aliases: MappingAliases = NO_ALIASES,
): HeaderMatch | undefined {
  const own = aliases.get(definition.sheet)?.columns;
  const used = new Set<number>();
  const warnings: string[] = [];
  const columns: number[] = [];
  for (const column of definition.columns) {
    const others = [...(column.aliases ?? []), ...(own?.get(column.header) ?? [])].map(foldName);
    const tiers: ((text: string) => boolean)[] = [
      (text) => text === column.header,
      (text) => foldName(text) === foldName(column.header),
      (text) => others.includes(foldName(text)),
    ];
    let found: { column: number; text: string } | undefined;
    for (const tier of tiers) {
      const cells = row.cells.filter((cell) => !used.has(cell.column) && tier(cell.text));
      if (cells.length > 1) {
        throw new MappingError(
          'HEADER_AMBIGUOUS',
          `Sheet "${definition.sheet}" has the header "${column.header}" ${cells.length} times.`,
          `${definition.sheet}.${column.header}`,
          'Remove or rename the column that is not meant.',
        );
      }
      found = cells[0];
      if (found) break;
    }
    if (!found) return undefined;
    if (found.text !== column.header) {
      warnings.push(`Sheet "${definition.sheet}": header "${found.text}" was read as "${column.header}".`);
    }
    used.add(found.column);
    columns.push(found.column);
  }
  const extras = row.cells
    .filter((cell) => !used.has(cell.column) && cell.text.trim() !== '')
    .map((cell) => ({ column: cell.column, header: cell.text }));
  for (const extra of extras) {
    warnings.push(`Sheet "${definition.sheet}": column "${extra.header}" is unknown and was not loaded.`);
  }
  return { columns, extras, warnings };
}

/**
 * The error for a sheet in whose first rows no header was found: names each header that the best candidate lacks and
 * the nearest one that it has.
 */
export function missingHeaders(
  definition: SheetDefinition,
  candidates: readonly HeaderCandidate[],
  aliases: MappingAliases = NO_ALIASES,
): MappingError {
  const own = aliases.get(definition.sheet)?.columns;
  const knows = ({ header, aliases: others }: ColumnDefinition, texts: readonly string[]): boolean => {
    const accepted = [header, ...(others ?? []), ...(own?.get(header) ?? [])].map(foldName);
    return texts.some((text) => accepted.includes(foldName(text)));
  };
  const lacking = (texts: readonly string[]): string[] =>
    definition.columns.filter((column) => !knows(column, texts)).map((column) => column.header);
  let best = definition.columns.map((column) => column.header);
  let bestTexts: readonly string[] = [];
  let bestRow = 0;
  for (const candidate of candidates) {
    const texts = candidate.cells.map((cell) => cell.text);
    const missing = lacking(texts);
    const closer = missing.length < best.length || (missing.length === best.length && texts.length > bestTexts.length);
    if (bestRow === 0 || closer) {
      best = missing;
      bestTexts = texts;
      bestRow = candidate.row;
    }
  }
  const unmatched = bestTexts.filter((text) => !definition.columns.some((column) => knows(column, [text])));
  const described = best.map((header) => {
    const nearest = nearestName(header, unmatched);
    return `"${header}" (nearest found: ${nearest === undefined ? 'none' : `"${nearest}"`})`;
  });
  const where = bestRow > 0 ? ` in row ${bestRow}` : '';
  return new MappingError(
    'HEADER_MISSING',
    `Sheet "${definition.sheet}" lacks the header${best.length > 1 ? 's' : ''} ${described.join(', ')}${where}.`,
    `${definition.sheet}: ${best.join(', ')}`,
    'Export the sheet with all its columns, or name the other spelling in a mapping file.',
  );
}
