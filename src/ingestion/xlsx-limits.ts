import type { XlsxLimits } from '@libs/xlsx';
import type { XlsxCaps } from '../config/env';

/** The caps of the configuration, as the reader takes them. */
export function xlsxLimits(caps: XlsxCaps): Partial<XlsxLimits> {
  return {
    fileBytes: caps.maxFileBytes,
    entries: caps.maxEntries,
    ratio: caps.maxRatio,
    uncompressedBytes: caps.maxUncompressedBytes,
    cells: caps.maxCells,
    stringLength: caps.maxStringLength,
  };
}
