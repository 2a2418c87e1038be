import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAPPING_VERSION, NO_ALIASES, parseMappingFile, type MappingAliases } from '@libs/workbook';
import { READER_VERSION, type XlsxLimits } from '@libs/xlsx';
import { DERIVATIONS_VERSION } from '../../analytics/derivation';
import type { Env } from '../../config/env';
import { xlsxLimits } from '../xlsx-limits';

/** What a load is told from outside, read once per run. */
export interface LoadSettings {
  readonly dataDir: string;
  readonly reportsDir: string;
  readonly factoryTz: string;
  readonly terminalPhases: readonly string[];
  readonly dormantDays: number;
  readonly massAbsenceLimit: number;
  readonly partitionMonthsAhead: number;
  readonly readThreads: number;
  readonly limits: Partial<XlsxLimits>;
  readonly aliases: MappingAliases;
  /** The same for loads that would make the same of one workbook. */
  readonly hash: string;
}

/** @throws MappingError MAPPING_FILE_INVALID when the mapping file is not understood; Error when it cannot be read */
export function loadSettings(env: Env): LoadSettings {
  const mapping = env.mappingFile === undefined ? undefined : readFileSync(env.mappingFile, 'utf8');
  const settings = {
    dataDir: env.dataDir,
    reportsDir: join(env.dataDir, 'reports'),
    factoryTz: env.factoryTz,
    terminalPhases: env.terminalPhases,
    dormantDays: env.dormantDays,
    massAbsenceLimit: env.massAbsenceLimit,
    partitionMonthsAhead: env.partitionMonthsAhead,
    readThreads: env.readThreads,
    limits: xlsxLimits(env.xlsx),
    aliases: mapping === undefined ? NO_ALIASES : parseMappingFile(mapping),
  };
  const { factoryTz, terminalPhases, dormantDays } = settings;
  const versions = [MAPPING_VERSION, READER_VERSION, DERIVATIONS_VERSION];
  const hash = createHash('sha256')
    .update(JSON.stringify([...versions, factoryTz, terminalPhases, dormantDays, mapping]))
    .digest('hex');
  return { ...settings, hash };
}
