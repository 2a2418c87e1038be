import { createHash } from 'node:crypto';
import { SIMULATION_ENGINE_VERSION } from '@libs/simulation';

/** Raised whenever the same data would give another model, or the same model and request another answer. */
const MODEL_VERSION = 3;

/** Names the engine and the model in answers and hashes. */
export const ENGINE_VERSION = `${SIMULATION_ENGINE_VERSION}+model.${MODEL_VERSION}`;

export interface DataVersionRow {
  version: number;
  run_id: number;
  excel_sha256: string | null;
  as_of: Date | null;
}

/** What a model depends on beside core. */
export interface ModelSettings {
  readonly factoryTz: string;
  readonly dormantDays: number;
  readonly terminalPhases: readonly string[];
}

/**
 * Names the data that a model is of by their content: the same workbook, read by the same rules, has the same name on
 * every machine and after every restart.
 */
export function dataVersionOf({ excel_sha256, run_id }: DataVersionRow, settings: ModelSettings): string {
  const { factoryTz, dormantDays, terminalPhases } = settings;
  const content = excel_sha256 ?? `run ${run_id}`;
  const parts = [content, factoryTz, dormantDays, terminalPhases, ENGINE_VERSION];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
