import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sqlFile } from '../../database/sql-file';
import type { DerivationRun } from '../derivation';
import type { EtaChoice, RemainingModel } from './choose-eta';

const READ_REMAINING_CHAMPION = sqlFile(__dirname, 'sql/read_remaining_champion.sql');
const MARK_REMAINING_PROBLEM = sqlFile(__dirname, 'sql/mark_remaining_problem.sql');

interface ChampionRow {
  version: number;
  artefact_path: string;
  artefact_sha256: string;
  serving_problem: string | null;
}

/** The model of remaining times that ETAs may be made with, and what became of it at this load. */
export interface RemainingChampion extends RemainingModel {
  /** Records whether it made the ETAs. */
  note(choice: EtaChoice): Promise<void>;
}

/** The champion of the run's data; undefined while there is none. Its file is read here and understood in the thread. */
export async function remainingChampion({
  client,
  runId,
  settings,
}: Pick<DerivationRun, 'client' | 'runId' | 'settings'>): Promise<RemainingChampion | undefined> {
  const { rows } = await client.query<ChampionRow>(READ_REMAINING_CHAMPION.text, [runId]);
  const champion = rows.at(0);
  if (champion === undefined) return undefined;
  const { version, artefact_path: path, artefact_sha256: checksum, serving_problem: known } = champion;
  const text = await readFile(join(settings.dataDir, path), 'utf8').catch(() => undefined);
  const isWhole = text !== undefined && createHash('sha256').update(text).digest('hex') === checksum;
  return {
    version,
    ...(isWhole ? { text } : {}),
    ...(text === undefined ? { damage: `the file ${path} cannot be read` } : {}),
    ...(text !== undefined && !isWhole
      ? { damage: `the file ${path} is not the one that was written: its checksum differs` }
      : {}),
    note: async ({ problem }) => {
      if (problem !== known) await client.query(MARK_REMAINING_PROBLEM.text, [version, problem]);
    },
  };
}
