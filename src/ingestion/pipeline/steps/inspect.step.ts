import { matchSheets, SHEETS } from '@libs/workbook';
import { Workbook } from '@libs/xlsx';
import { SAMPLE_MARKER } from '@libs/sample';
import type { PartFingerprints, RunState, Step } from '../run-state';

/**
 * Opens the workbook, finds its sheets, and asks whether it repeats the published data part by part: then nothing of it
 * needs to be read again.
 */
export const inspectStep: Step = {
  name: 'inspect',
  weight: 2,
  async run(state) {
    const workbook = await Workbook.open(state.order.path, { limits: state.settings.limits });
    try {
      const names = workbook.sheets.map((sheet) => sheet.name);
      const match = matchSheets(names, state.settings.aliases);
      state.warnings.push(...match.warnings);
      state.parts = match.sheets.flatMap(({ entity, parts }) =>
        parts.map((index, ordinal) => ({
          entity,
          ordinal,
          index,
          name: names[index],
          bytes: workbook.sheets[index].uncompressedBytes,
        })),
      );
      state.sample = workbook.parts.some((part) => part.name === SAMPLE_MARKER);
      for (const { entity, sheet } of SHEETS) {
        state.accounts.set(entity, {
          entity,
          sheet,
          extracted: 0,
          inserted: 0,
          updated: 0,
          unchanged: 0,
          duplicates: 0,
          quarantined: 0,
          absent: 0,
          withdrawn: 0,
          seconds: 0,
        });
      }
      if (mayRepeat(state, workbook)) {
        state.partFingerprints = await fingerprints(workbook);
        if (sameParts(state.partFingerprints, state.published?.partFingerprints)) {
          state.sameAs = state.published?.runId;
        }
      }
      return { rowsIn: 0, rowsOut: 0, rowsRejected: 0 };
    } finally {
      await workbook.close();
    }
  },
};

/** Parts that decide what the cells hold; documents' properties, themes and the like do not. */
function isContent(name: string): boolean {
  return !name.startsWith('docProps/') && !name.includes('/theme/') && !name.endsWith('/');
}

/** Whether it is worth the time to hash all parts: the published data come from parts of the same sizes. */
function mayRepeat(state: RunState, workbook: Workbook): boolean {
  const { published, order, settings } = state;
  const known = published?.partFingerprints;
  if (!published || !known || order.forced || published.hasFutureDates) return false;
  if (published.settingsHash !== settings.hash || published.sample !== state.sample) return false;
  const parts = workbook.parts.filter((part) => isContent(part.name));
  return parts.length === Object.keys(known).length && parts.every((part) => known[part.name]?.bytes === part.bytes);
}

async function fingerprints(workbook: Workbook): Promise<PartFingerprints> {
  const hashes = await workbook.hashParts();
  return Object.fromEntries(
    workbook.parts
      .filter((part) => isContent(part.name))
      .map((part) => [part.name, { sha256: hashes.get(part.name) as string, bytes: part.bytes }]),
  );
}

function sameParts(mine: PartFingerprints, known: PartFingerprints | null | undefined): boolean {
  return Object.entries(mine).every(([name, { sha256 }]) => known?.[name]?.sha256 === sha256);
}
