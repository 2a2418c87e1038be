import type { XlsxLimits } from '@libs/xlsx';
import type { ReadSheet } from '../../../libs/xlsx/src/testing/read-cells';

/** Cells that a reading hands over for comparison; what is beyond them is counted. */
export const KEPT_CELLS = 50_000;

export interface ReadRequest {
  id: number;
  path: string;
  /** also convert the rows as a load does, headers and types and all */
  asFactory: boolean;
  limits?: Partial<XlsxLimits>;
}

/** What a reader's process says of a workbook. */
export type Answer =
  | {
      kind: 'read';
      /** all of them */
      cells: number;
      /** with their first KEPT_CELLS cells together */
      sheets: ReadSheet[];
      /** rows that cannot be kept for what their own cells hold; undefined unless asked for */
      quarantined?: number;
    }
  | { kind: 'refused'; code: string }
  /** an error that is no refusal */
  | { kind: 'failed'; error: string };

/** An answer as it came, or that none came. */
export type Outcome = (Answer | { kind: 'crashed'; error: string } | { kind: 'hung' }) & {
  seconds: number;
  /** the highest resident memory of the reading process while it read; NaN where there was no answer */
  peakBytes: number;
};
