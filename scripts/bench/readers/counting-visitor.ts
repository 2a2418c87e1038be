import type { RowBatch, SheetVisitor } from '@libs/xlsx';
import { BatchCounter } from './batch-counter';
import type { CellCount } from './cell-count';

/** Runs in a worker thread. */
export function createVisitor(): SheetVisitor<CellCount> {
  const counter = new BatchCounter();
  return {
    batch: (batch: RowBatch) => counter.add(batch),
    end: () => counter.result(1),
  };
}
