import { XlsxError } from './xlsx-error';

/** Caps that keep memory and time flat whatever a file claims. All are inclusive: a file that reaches a cap is read. */
export interface XlsxLimits {
  /** bytes of the .xlsx file itself */
  fileBytes: number;
  /** entries of the zip directory */
  entries: number;
  /** inflated / compressed bytes of a part, looked at once the part is larger than `ratioFloorBytes` */
  ratio: number;
  /** inflated bytes of a part below which no ratio is too high (a small part of blanks harms nobody) */
  ratioFloorBytes: number;
  /** inflated bytes of all parts together */
  uncompressedBytes: number;
  /** non-empty cells of all sheets together */
  cells: number;
  /** UTF-16 units of one cell's text */
  stringLength: number;
  /** UTF-16 units of all texts of one row, which is the smallest piece handed out */
  rowTextLength: number;
  /** bytes of the shared string table in memory */
  sharedStringBytes: number;
  /** bytes of one tag, comment or processing instruction */
  xmlTokenBytes: number;
  /** attributes of one tag */
  xmlAttributes: number;
  /** elements inside each other */
  xmlDepth: number;
}

/**
 * Chosen so that ten times the factory's workbook (83 M cells, 2.9 GB of XML) passes with room to spare.
 * stringLength is Excel's own limit. ratio, measured: sheets with references reach 10 to 30 even where all cells are
 * equal or blank, a million equal rows without references 260; deflate itself ends at 1,032.
 */
export const DEFAULT_LIMITS: Readonly<XlsxLimits> = {
  fileBytes: 2 ** 30,
  entries: 10_000,
  ratio: 500,
  ratioFloorBytes: 4 * 2 ** 20,
  uncompressedBytes: 8 * 2 ** 30,
  cells: 250_000_000,
  stringLength: 32_767,
  rowTextLength: 32 * 2 ** 20,
  sharedStringBytes: 256 * 2 ** 20,
  xmlTokenBytes: 2 ** 20,
  xmlAttributes: 256,
  xmlDepth: 128,
};

/** The defaults with the caller's caps over them. Throws RangeError for a cap that is not a positive number. */
export function resolveLimits(overrides: Partial<XlsxLimits> = {}): XlsxLimits {
  const limits: XlsxLimits = { ...DEFAULT_LIMITS };
  for (const key of Object.keys(limits) as (keyof XlsxLimits)[]) {
    const value = overrides[key];
    if (value === undefined) continue;
    if (!(value > 0)) throw new RangeError(`${key} must be a positive number, not ${value}`);
    limits[key] = value;
  }
  return limits;
}

/**
 * The workbook's count of cells against the cap, one slot per sheet, so that reading a sheet twice counts once.
 * The slots lie in shared memory: threads that read sheets side by side stop at one common cap.
 */
export class CellBudget {
  private readonly counts: BigInt64Array;

  constructor(
    readonly memory: SharedArrayBuffer,
    private readonly cap: number,
  ) {
    this.counts = new BigInt64Array(memory);
  }

  static forSheets(sheets: number, cap: number): CellBudget {
    return new CellBudget(new SharedArrayBuffer((sheets + 1) * 8), cap);
  }

  /** A sheet is read from its beginning: what an earlier reading of it counted is forgotten. */
  restart(sheetIndex: number): void {
    const before = Atomics.exchange(this.counts, sheetIndex + 1, 0n);
    Atomics.sub(this.counts, 0, before);
  }

  /** Throws XLSX_LIMIT_CELLS when these cells bring the workbook over the cap. */
  add(sheetIndex: number, cells: number, sheetName: string): void {
    const more = BigInt(cells);
    Atomics.add(this.counts, sheetIndex + 1, more);
    const total = Atomics.add(this.counts, 0, more) + more;
    if (total > this.cap) {
      throw new XlsxError('XLSX_LIMIT_CELLS', `more than ${this.cap} cells in the workbook`, `sheet ${sheetName}`);
    }
  }
}
