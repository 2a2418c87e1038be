import type { SheetVisitor, VisitorContext } from '@libs/xlsx';
import { SheetInspector, type SheetFindings, type SheetInspectorOptions } from './sheet-inspector';

export type InspectParams = Pick<SheetInspectorOptions, 'definition' | 'aliases'>;

/** Runs in a worker thread: inspects one sheet. */
export function createVisitor(context: VisitorContext<InspectParams>): SheetVisitor<SheetFindings> {
  const { params, sheet, date1904 } = context;
  const inspector = new SheetInspector({ ...params, name: sheet.name, date1904 });
  return {
    batch: (batch) => inspector.push(batch),
    end: () => inspector.finish(),
  };
}
