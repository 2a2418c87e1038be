import type { XlsxLimits } from '@libs/xlsx';
import type { ReadSheet } from '../../../libs/xlsx/src/testing/read-cells';

export type Group = 'features' | 'faults' | 'factory faults' | 'mutations' | 'corpus';

/** What a workbook must lead to. */
export type Expectation =
  /** every cell as stated; without sheets, whatever the cells are */
  | { kind: 'read'; sheets?: readonly ReadSheet[] }
  | { kind: 'refused'; code: string }
  /** refused with any code, or read as the undamaged workbook is */
  | { kind: 'refused or right'; sheets: readonly ReadSheet[] }
  /** refused with any code, or read somehow: what was damaged is well-formed again, so nobody can say how */
  | { kind: 'refused or read' }
  /** read as the factory's workbook, where so many rows cannot be kept for what their own cells hold */
  | { kind: 'quarantined'; rows: number };

/** One workbook to be read, and what is known of it. */
export interface WorkbookCase {
  group: Group;
  name: string;
  expected: Expectation;
  /** Writes it; a case of a given file names that instead. */
  source: { write: (path: string) => Promise<void> } | { file: string };
  /** caps other than the reader's own */
  limits?: Partial<XlsxLimits>;
  /** why exceljs reads this one differently, where that is known beforehand */
  exceljs?: string;
}
