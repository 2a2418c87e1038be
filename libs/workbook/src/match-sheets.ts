import { SHEETS, type Entity, type SheetDefinition } from './definitions';
import { MappingError } from './mapping-error';
import { NO_ALIASES, type MappingAliases } from './mapping-file';
import { foldName, nearestName } from './names';

/** Excel cuts sheet names at 31 characters, so a continuation's number may displace the end of its base name. */
const SHEET_NAME_LIMIT = 31;

export interface MatchedSheet {
  readonly entity: Entity;
  /** Positions, among the names given, of the sheet and its continuations in reading order. */
  readonly parts: readonly number[];
}

export interface SheetMatch {
  readonly sheets: readonly MatchedSheet[];
  readonly warnings: readonly string[];
}

/**
 * Finds the nine sheets among a workbook's sheet names: exact names first, then regardless of case, accents and
 * underscores, then aliases. `Name (2)`, `Name (3)`, … continue `Name`.
 *
 * @throws MappingError SHEET_MISSING naming every missing sheet and the nearest found, HEADER_AMBIGUOUS where two
 *   sheets answer to one name, one sheet to two names, or a continuation is missing from its series
 */
export function matchSheets(names: readonly string[], aliases: MappingAliases = NO_ALIASES): SheetMatch {
  /** What each sheet is read as, by its position among the names. */
  const taken = new Map<number, string>();
  const sheets: MatchedSheet[] = [];
  const missing: SheetDefinition[] = [];
  for (const definition of SHEETS) {
    const base = findBase(definition, names, aliases);
    if (base === undefined) {
      missing.push(definition);
      continue;
    }
    const continuations = names
      .map((name, index) => ({ index, number: continuationNumber(name, names[base]) }))
      .filter((part): part is { index: number; number: number } => part.number !== undefined)
      .sort((a, b) => a.number - b.number);
    continuations.forEach((part, i) => {
      if (part.number !== i + 2) {
        throw new MappingError(
          'HEADER_AMBIGUOUS',
          `Sheet "${names[part.index]}" continues "${names[base]}", but part ${i + 2} is missing or stands twice.`,
          names[part.index],
          'Number the continuation sheets (2), (3), … without gaps.',
        );
      }
    });
    const parts = [base, ...continuations.map((part) => part.index)];
    for (const part of parts) {
      const other = taken.get(part);
      if (other !== undefined) {
        throw new MappingError(
          'HEADER_AMBIGUOUS',
          `Sheet "${names[part]}" answers to "${other}" and to "${definition.sheet}".`,
          names[part],
          'Rename the sheet, or name it for one of the two alone in the mapping file.',
        );
      }
      taken.set(part, definition.sheet);
    }
    sheets.push({ entity: definition.entity, parts });
  }
  const free = names.filter((_, index) => !taken.has(index));
  if (missing.length > 0) {
    const described = missing.map((definition) => {
      const nearest = nearestName(definition.sheet, free);
      return `"${definition.sheet}" (nearest found: ${nearest === undefined ? 'none' : `"${nearest}"`})`;
    });
    throw new MappingError(
      'SHEET_MISSING',
      `The workbook lacks the sheet${missing.length > 1 ? 's' : ''} ${described.join(', ')}.`,
      missing.map((definition) => definition.sheet).join(', '),
      'Export all nine sheets, or name the other spelling in a mapping file.',
    );
  }
  return { sheets, warnings: free.map((name) => `Sheet "${name}" is unknown and was not read.`) };
}

function findBase(definition: SheetDefinition, names: readonly string[], aliases: MappingAliases): number | undefined {
  const exact = names.indexOf(definition.sheet);
  if (exact >= 0) return exact;
  const folded = foldName(definition.sheet);
  const byFolding = indices(names, (name) => foldName(name) === folded);
  if (byFolding.length > 1)
    throw ambiguous(
      definition.sheet,
      byFolding.map((i) => names[i]),
    );
  if (byFolding.length === 1) return byFolding[0];
  const others = [...(definition.aliases ?? []), ...(aliases.get(definition.sheet)?.sheet ?? [])].map(foldName);
  const byAlias = indices(names, (name) => others.includes(foldName(name)));
  if (byAlias.length > 1)
    throw ambiguous(
      definition.sheet,
      byAlias.map((i) => names[i]),
    );
  return byAlias[0];
}

function ambiguous(wanted: string, found: readonly string[]): MappingError {
  return new MappingError(
    'HEADER_AMBIGUOUS',
    `Several sheets answer to "${wanted}": ${found.map((name) => `"${name}"`).join(', ')}.`,
    wanted,
    'Rename or remove the one that is not meant.',
  );
}

function indices(names: readonly string[], test: (name: string) => boolean): number[] {
  return names.flatMap((name, index) => (test(name) ? [index] : []));
}

function continuationNumber(name: string, base: string): number | undefined {
  const suffix = /^(.+?)\s*\((\d{1,4})\)$/u.exec(name);
  if (!suffix) return undefined;
  const [, stem, digits] = suffix as unknown as [string, string, string];
  const number = Number(digits);
  if (number < 2) return undefined;
  const foldedStem = foldName(stem);
  const foldedBase = foldName(base);
  if (foldedStem === foldedBase) return number;
  const wasCut = name.length === SHEET_NAME_LIMIT && foldedStem.length >= 8 && foldedBase.startsWith(foldedStem);
  return wasCut ? number : undefined;
}
