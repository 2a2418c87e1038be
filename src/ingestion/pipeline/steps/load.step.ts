import { SHEETS, type Entity } from '@libs/workbook';
import { mergeParts, relationships } from '@libs/profile';
import { writeInspection } from '../../inspect/write-inspection';
import { requireAllStaged } from '../judgement';
import { matchRates } from '../match-rates';
import { sheetNames, type RunState, type Step } from '../run-state';
import type { VisitResult } from '../sheet-visitor';

/**
 * Closes what extraction streamed into staging: the server must have taken every row extracted, the inspection reports are
 * written from the profiles of all rows, and a workbook whose sheets repeat the published ones cell by cell is
 * recognised, whoever wrote it.
 */
export const loadStep: Step = {
  name: 'load',
  weight: 3,
  async run(state) {
    const copied = (entity: Entity): number => sumOver(state, entity, (result) => result.copied);
    requireAllStaged(state, copied);
    await inspect(state);
    if (repeatsPublished(state)) state.sameAs = state.published?.runId;
    const rows = SHEETS.reduce((sum, { entity }) => sum + copied(entity), 0);
    return { rowsIn: rows, rowsOut: rows, rowsRejected: 0 };
  },
};

function sumOver(state: RunState, entity: Entity, pick: (result: VisitResult) => number): number {
  return state.parts
    .filter((part) => part.entity === entity)
    .reduce((sum, { index }) => sum + pick(state.visited.get(index)!), 0);
}

/** Sums up the profiles of all rows: match rates for the run, reports for people. */
async function inspect(state: RunState): Promise<void> {
  const sheets = SHEETS.map(({ entity, sheet }) => ({
    parts: sheetNames(state, entity),
    profile: mergeParts(
      sheet,
      state.parts.filter((part) => part.entity === entity).map((part) => state.visited.get(part.index)!.profile),
    ),
  }));
  const report = relationships(sheets.map(({ profile }) => profile));
  state.matchRates = matchRates(report);
  const { workbookName: name, bytes, sha256 } = state.order;
  await writeInspection(state.settings.reportsDir, {
    workbook: { name, bytes, sha256, sample: state.sample },
    sheets,
    relationships: report,
    warnings: state.warnings,
  });
}

function repeatsPublished(state: RunState): boolean {
  const { published, order, settings } = state;
  if (!published?.sheetHashes || order.forced || published.hasFutureDates) return false;
  if (published.settingsHash !== settings.hash || published.sample !== state.sample) return false;
  const known = published.sheetHashes;
  return (
    Object.keys(known).length === state.parts.length &&
    state.parts.every((part) => {
      const mine = state.visited.get(part.index)!;
      return known[part.name]?.csv === mine.csvSha256 && known[part.name]?.layout === mine.layoutSha256;
    })
  );
}
