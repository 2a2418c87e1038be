import { matchSheets, SHEETS } from '@libs/workbook';
import { Workbook } from '@libs/xlsx';
import { isSample } from '@libs/sample';
import { repeatsCells } from '../repeats-cells';
import type { PartFingerprints, RunState, Step } from '../run-state';

/**
 * Opens the workbook, finds its sheets, and asks whether it repeats the published data, part by part or else cell by cell:
 * then nothing of it needs to be loaded again.
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
          part: workbook.sheets[index].part,
        })),
      );
      state.sample = await isSample(workbook);
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
      state.partFingerprints = await fingerprints(workbook, besideSheets(workbook));
      if (mayRepeat(state, workbook)) {
        const sheets = new Set(state.parts.map((part) => part.part));
        const all = { ...state.partFingerprints, ...(await fingerprints(workbook, (name) => sheets.has(name))) };
        if (sameParts(all, state.published?.partFingerprints)) {
          state.partFingerprints = all;
          state.sameAs = state.published?.runId;
        }
      }
      if (state.sameAs === undefined && isComparable(state)) {
        const sheets = await repeatsCells(state);
        if (sheets) {
          state.partFingerprints = { ...state.partFingerprints, ...sheets };
          state.sameAs = state.published?.runId;
        }
      }
      return { rowsIn: 0, rowsOut: 0, rowsRejected: 0 };
    } finally {
      await workbook.close();
    }
  },
};

/** Parts that, beside the sheets, decide what cells hold: documents' properties, themes and the like do not. */
function besideSheets(workbook: Workbook): (name: string) => boolean {
  const sheets = new Set(workbook.sheets.map((sheet) => sheet.part));
  return (name) =>
    !sheets.has(name) && /\.(xml|rels)$/.test(name) && !/(^|\/)(docProps|theme|drawings|media)\//.test(name);
}

/** Whether the published data were read the same way, so that the same content would give them again. */
function isComparable({ published, order, settings, sample }: RunState): boolean {
  if (!published || order.forced || published.hasFutureDates) return false;
  return published.settingsHash === settings.hash && published.sample === sample;
}

/** Whether it is worth the time to hash the sheets: the published data come from parts of the same sizes. */
function mayRepeat(state: RunState, workbook: Workbook): boolean {
  const known = state.published?.partFingerprints;
  if (!known || !isComparable(state)) return false;
  const read = new Set([...Object.keys(state.partFingerprints), ...state.parts.map((part) => part.part)]);
  return (
    read.size === Object.keys(known).length &&
    workbook.parts.every((part) => !read.has(part.name) || known[part.name]?.bytes === part.bytes)
  );
}

async function fingerprints(workbook: Workbook, wanted: (name: string) => boolean): Promise<PartFingerprints> {
  const hashes = await workbook.hashParts(wanted);
  return Object.fromEntries(
    workbook.parts
      .filter((part) => hashes.has(part.name))
      .map((part) => [part.name, { sha256: hashes.get(part.name) as string, bytes: part.bytes }]),
  );
}

function sameParts(mine: PartFingerprints, known: PartFingerprints | null | undefined): boolean {
  return Object.entries(mine).every(([name, { sha256 }]) => known?.[name]?.sha256 === sha256);
}
