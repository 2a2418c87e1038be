import type { DataSourceOption } from '../api/loaded';
import type { Verdict } from '../targets';

/** What one part of the measurement says, in the order in which it is to be read. */
export interface SectionResult {
  title: string;
  /** Markdown blocks */
  blocks: string[];
  verdicts: Verdict[];
}

export interface SectionContext {
  /** folder that goes away with the run */
  workDir: string;
  signal: AbortSignal;
  /** measure less: for a look, not for the record */
  isQuick: boolean;
  /** the factory that is to be measured, if any */
  source?: DataSourceOption;
}

/** A part of the measurement; scripts/bench/simulation.ts lists them. undefined: what it needs is not there. */
export type Section = (context: SectionContext) => Promise<SectionResult | undefined>;
