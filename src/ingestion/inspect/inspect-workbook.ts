import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { mergeParts, relationships, type InspectedSheet, type Inspection } from '@libs/profile';
import { isSample } from '@libs/sample';
import {
  MappingError,
  matchHeaders,
  matchSheets,
  sheetOf,
  SHEETS,
  type MappingAliases,
  type MatchedSheet,
} from '@libs/workbook';
import { readSheetsInThreads, Workbook, type XlsxLimits } from '@libs/xlsx';
import type { InspectParams } from './inspect-visitor';
import type { SheetFindings } from './sheet-inspector';

export interface InspectOptions {
  readonly path: string;
  readonly limits?: Partial<XlsxLimits>;
  readonly aliases: MappingAliases;
  readonly threads: number;
  readonly signal?: AbortSignal;
}

const VISITOR = join(__dirname, `inspect-visitor${extname(__filename)}`);

/**
 * Reads every row of every sheet of any workbook, the product's or not, without a database.
 * What would stop a load (a missing sheet, a missing header) is a warning here.
 *
 * @throws XlsxError when the file cannot be read as a workbook
 */
export async function inspectWorkbook(options: InspectOptions): Promise<Inspection> {
  const { path, limits, aliases, threads, signal } = options;
  const { names, sample } = await look(path, limits);
  const { matched, warnings } = matchLeniently(names, aliases);
  const definitionOf = new Map(
    matched.flatMap(({ entity, parts }) => parts.map((index) => [index, sheetOf(entity).sheet])),
  );
  const [found, sha256, { size }] = await Promise.all([
    readSheetsInThreads<InspectParams, SheetFindings>({
      path,
      visitorModule: VISITOR,
      params: (index) => ({ definition: definitionOf.get(index), aliases }),
      threads,
      limits,
      signal,
    }),
    sha256Of(path),
    stat(path),
  ]);
  const findings = names.map((_, index) => found.get(index)!);
  const inspect = (sheet: string, parts: readonly number[]): InspectedSheet => ({
    parts: parts.map((index) => names[index]),
    profile: mergeParts(
      sheet,
      parts.map((index) => findings[index].profile),
    ),
  });
  const unknown = names.flatMap((name, index) => (definitionOf.has(index) ? [] : [{ name, index }]));
  const known = matched.map(({ entity, parts }) => inspect(sheetOf(entity).sheet, parts));
  return {
    workbook: { name: basename(path), bytes: size, sha256, sample },
    sheets: [...known, ...unknown.map(({ name, index }) => inspect(name, [index]))],
    relationships: relationships(known.map(({ profile }) => profile)),
    warnings: [
      ...warnings,
      ...findings.flatMap((finding) => finding.warnings),
      ...unknown.map(({ name }) => `Sheet "${name}" is unknown: a load leaves it out.`),
      ...unknown.flatMap(({ name, index }) => resemblance(name, findings[index], aliases)),
    ],
  };
}

async function look(
  path: string,
  limits: Partial<XlsxLimits> | undefined,
): Promise<{ readonly names: readonly string[]; readonly sample: boolean }> {
  const workbook = await Workbook.open(path, { limits });
  try {
    return { names: workbook.sheets.map(({ name }) => name), sample: await isSample(workbook) };
  } finally {
    await workbook.close();
  }
}

/** As matchSheets, but a sheet that is missing, or that two might be, is a warning. */
function matchLeniently(
  names: readonly string[],
  aliases: MappingAliases,
): { readonly matched: readonly MatchedSheet[]; readonly warnings: readonly string[] } {
  try {
    return { matched: matchSheets(names, aliases).sheets, warnings: [] };
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    if (error.code !== 'SHEET_MISSING') return { matched: [], warnings: [error.message] };
    // With an empty sheet in place of each missing one, the others are matched as they always are.
    const { matched, warnings } = matchLeniently([...names, ...error.place.split(', ')], aliases);
    return {
      matched: matched.filter(({ parts }) => parts[0] < names.length),
      warnings: [error.message, ...warnings],
    };
  }
}

/** A hint where a sheet of another name has all headers of one that the product knows. */
function resemblance(name: string, { header }: SheetFindings, aliases: MappingAliases): string[] {
  if (!header) return [];
  const like = SHEETS.find((definition) => {
    try {
      return matchHeaders(definition, header, aliases) !== undefined;
    } catch {
      return false;
    }
  });
  return like ? [`Sheet "${name}" has the headers of ${like.sheet}: a mapping file can name it as an alias.`] : [];
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
