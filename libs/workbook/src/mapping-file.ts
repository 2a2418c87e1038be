import { MappingError } from './mapping-error';
import { SHEETS } from './definitions';

/** Further names for sheets and headers, by the factory's own: `{ "Fases": { "aliases": [...], "columns": { "Fase_DeProducao": [...] } } }`. */
export type MappingAliases = ReadonlyMap<
  string,
  { readonly sheet: readonly string[]; readonly columns: ReadonlyMap<string, readonly string[]> }
>;

export const NO_ALIASES: MappingAliases = new Map();

/**
 * Reads the text of a mapping file.
 *
 * @throws MappingError MAPPING_FILE_INVALID naming the entry that is not understood
 */
export function parseMappingFile(text: string): MappingAliases {
  const invalid = (place: string, what: string): MappingError =>
    new MappingError(
      'MAPPING_FILE_INVALID',
      `Mapping file: ${what}`,
      place,
      'Write { "<sheet>": { "aliases": ["…"], "columns": { "<header>": ["…"] } } } with the names of the documentation.',
    );
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw invalid('whole file', `not JSON (${(error as Error).message})`);
  }
  const aliases = new Map<string, { sheet: string[]; columns: Map<string, string[]> }>();
  for (const [sheetName, entry] of entries(parsed, () => invalid('whole file', 'not an object'))) {
    const definition = SHEETS.find((sheet) => sheet.sheet === sheetName);
    if (!definition) throw invalid(sheetName, `unknown sheet "${sheetName}"`);
    const columns = new Map<string, string[]>();
    let sheet: string[] = [];
    for (const [key, value] of entries(entry, () => invalid(sheetName, 'a sheet entry must be an object'))) {
      if (key === 'aliases') {
        sheet = strings(value, () => invalid(`${sheetName}.aliases`, 'aliases must be a list of texts'));
      } else if (key === 'columns') {
        for (const [header, names] of entries(value, () => invalid(`${sheetName}.columns`, 'not an object'))) {
          if (!definition.columns.some((column) => column.header === header)) {
            throw invalid(`${sheetName}.columns.${header}`, `unknown header "${header}" of sheet "${sheetName}"`);
          }
          columns.set(
            header,
            strings(names, () => invalid(`${sheetName}.columns.${header}`, 'aliases must be a list of texts')),
          );
        }
      } else {
        throw invalid(`${sheetName}.${key}`, `unknown key "${key}"`);
      }
    }
    aliases.set(sheetName, { sheet, columns });
  }
  return aliases;
}

function entries(value: unknown, error: () => MappingError): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw error();
  return Object.entries(value);
}

function strings(value: unknown, error: () => MappingError): string[] {
  if (!Array.isArray(value) || !value.every((item): item is string => typeof item === 'string')) throw error();
  return value;
}
