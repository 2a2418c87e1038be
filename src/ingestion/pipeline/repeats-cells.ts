import { extname, join } from 'node:path';
import { readSheetsInThreads } from '@libs/xlsx';
import type { SheetIdentity } from './cells-visitor';
import type { PartFingerprints, RunState, SheetPart } from './run-state';

const VISITOR = join(__dirname, `cells-visitor${extname(__filename)}`);
/** Share of the sheets' bytes below which a sheet is looked at before the large ones. */
const SMALL = 0.1;

/**
 * Whether the sheets hold cell by cell what the published ones do, whoever wrote the workbook. The small sheets are
 * compared first: another day's workbook differs there already, for a tenth of the bytes that all would take.
 *
 * @returns the fingerprints of the sheets' parts, or undefined where some sheet differs
 */
export async function repeatsCells(state: RunState): Promise<PartFingerprints | undefined> {
  const { published, parts } = state;
  const known = published?.sheetHashes;
  if (!known || Object.keys(known).length !== parts.length) return undefined;
  const total = parts.reduce((sum, part) => sum + part.bytes, 0);
  const small = parts.filter((part) => part.bytes < total * SMALL);
  const large = parts.filter((part) => part.bytes >= total * SMALL);
  const fingerprints: Record<string, { sha256: string; bytes: number }> = {};
  for (const group of [small, large]) {
    const found = await identify(state, group);
    for (const part of group) {
      const { cellsSha256, partSha256 } = found.get(part.index)!;
      if (known[part.name]?.cells !== cellsSha256) return undefined;
      fingerprints[part.part] = { sha256: partSha256, bytes: part.bytes };
    }
  }
  return fingerprints;
}

async function identify(state: RunState, parts: readonly SheetPart[]): Promise<Map<number, SheetIdentity>> {
  if (parts.length === 0) return new Map();
  const { path } = state.order;
  const { readThreads: threads, limits } = state.settings;
  return readSheetsInThreads<null, SheetIdentity>({
    path,
    sheets: parts.map((part) => part.index),
    visitorModule: VISITOR,
    params: () => null,
    threads,
    limits,
    signal: state.signal,
  });
}
