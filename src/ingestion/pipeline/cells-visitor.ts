import { CellHash, type SheetVisitor, type VisitorContext } from '@libs/xlsx';

/** What identifies a sheet: its cells, and the bytes of its XML. */
export interface SheetIdentity {
  readonly cellsSha256: string;
  readonly partSha256: string;
}

/** Runs in a worker thread: reads one sheet only to know whether it is the published one. */
export function createVisitor({ date1904 }: VisitorContext<null>): SheetVisitor<SheetIdentity> {
  const cells = new CellHash(date1904);
  return {
    batch: (batch) => cells.update(batch),
    end: ({ partSha256 }) => ({ cellsSha256: cells.digest(), partSha256 }),
  };
}
