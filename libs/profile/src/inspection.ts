import type { RelationshipReport } from './relationships';
import type { SheetProfile } from './sheet-profile';

export interface InspectedSheet {
  readonly profile: SheetProfile;
  /** Names, in the workbook, of the sheet and its continuations. */
  readonly parts: readonly string[];
}

/** All that the three reports are written from. */
export interface Inspection {
  readonly workbook: {
    readonly name: string;
    readonly bytes: number;
    readonly sha256?: string;
    /** The rows were generated, and the reports must say so. */
    readonly sample?: boolean;
  };
  readonly sheets: readonly InspectedSheet[];
  readonly relationships: RelationshipReport;
  readonly warnings: readonly string[];
}
