import { EXCEL_MAX_SHEET_NAME, type Cell, type ExtraPart, type Row } from '@libs/xlsx-writer';
import { PURPOSE } from './purposes';
import { Random } from '@libs/random';
import type { AccountKeeper, IssueCode, RejectReason } from './sample-account';
import { SHEET_HEADERS } from './sheet-headers';
import type { ResolvedOptions, SheetName } from './sample-options';
import { Spread } from './spread';

/** How many rows after the first one its repetition comes. */
const REPEAT_AFTER = 500;

/** `FasesOrdemFabrico (2)`; the base name is cut where the whole would pass Excel's 31 characters. */
export function continuationName(base: string, part: number): string {
  if (part === 1) return base;
  const suffix = ` (${part})`;
  return base.slice(0, EXCEL_MAX_SHEET_NAME - suffix.length) + suffix;
}

export interface SheetTarget {
  writeRow(cells: Row): Promise<void> | undefined;
}

/** What is needed of an `XlsxWriter`. */
export interface WorkbookTarget {
  addSheet(name: string): Promise<SheetTarget>;
  addPart(part: ExtraPart): void;
}

export interface SinkSettings {
  writer: WorkbookTarget;
  options: ResolvedOptions;
  account: AccountKeeper;
  sheet: SheetName;
  /** Rows without repetitions; they are spread over these. */
  baseRows: number;
  /** The row with another value outside its key, where conflicting repetitions make sense. */
  contradict?: (row: readonly Cell[]) => Cell[];
}

/** Where the rows of one sheet go: continues it in further sheets, repeats rows, and keeps the account. */
export class RowSink {
  private readonly repeats: Spread;
  private readonly identical: number;
  private readonly conflicting: number;
  private readonly pending: {
    due: number;
    row: readonly Cell[];
    reject: RejectReason | undefined;
    conflict: boolean;
  }[] = [];
  private readonly nulls: Random;
  private sheet: SheetTarget | undefined;
  private part = 0;
  private inPart = 0;
  private baseRows = 0;

  constructor(private readonly settings: SinkSettings) {
    const { options, sheet, baseRows, contradict } = settings;
    const purpose = PURPOSE.DUPLICATES + 100 * Object.keys(SHEET_HEADERS).indexOf(sheet);
    this.repeats = new Spread(baseRows, options.seed, purpose);
    this.nulls = new Random(options.seed, PURPOSE.NULLS, purpose);
    this.identical = Math.round(baseRows * options.faults.identicalDuplicates);
    // A row is repeated once at most.
    this.conflicting = contradict
      ? Math.min(baseRows - this.identical, Math.round(baseRows * options.faults.conflictingDuplicates))
      : 0;
    settings.account.sheet(sheet);
  }

  /** A null as the factory's export has it, the text, or as a cell that is not there. */
  null(): Cell {
    const { nullTexts } = this.settings.options.faults;
    if (nullTexts === 1) return 'NULL';
    return this.nulls.next() < nullTexts * 0x100000000 ? 'NULL' : null;
  }

  /** Writes a row and counts it under its reject reason, or its issues when it is kept. Await what it answers. */
  add(row: readonly Cell[], reject?: RejectReason, issues?: readonly IssueCode[]): Promise<void> | undefined {
    const { account, sheet } = this.settings;
    if (reject) account.reject(sheet, reject);
    else if (issues) for (const issue of issues) account.issue(sheet, issue);
    const ordinal = this.baseRows++;
    this.rememberRepeat(row, ordinal, reject);
    const written = this.put(row);
    if (this.pending.length === 0 || this.pending[0].due > ordinal) return written;
    return this.repeatDue(ordinal, written);
  }

  /** Opens the sheet even when it has no row, and writes the repetitions that are left. */
  async close(): Promise<number> {
    if (this.part === 0) await this.nextPart();
    await this.repeatDue(Number.MAX_SAFE_INTEGER, undefined);
    return this.settings.account.sheet(this.settings.sheet).rows;
  }

  private rememberRepeat(row: readonly Cell[], ordinal: number, reject: RejectReason | undefined): void {
    if (this.identical + this.conflicting === 0) return;
    const place = this.repeats.placeOf(ordinal);
    if (place >= this.identical + this.conflicting) return;
    const conflict = place >= this.identical;
    const again = conflict && this.settings.contradict ? this.settings.contradict(row) : row;
    this.pending.push({ due: ordinal + REPEAT_AFTER, row: again, reject, conflict });
  }

  private async repeatDue(ordinal: number, before: Promise<void> | undefined): Promise<void> {
    await before;
    const { account, sheet } = this.settings;
    while (this.pending.length > 0 && this.pending[0].due <= ordinal) {
      const { row, reject, conflict } = this.pending.shift()!;
      // Without a key nothing is a repetition. The first row wins whatever else is wrong with either.
      if (reject === 'NULL_KEY') account.reject(sheet, reject);
      else account.sheet(sheet).duplicates++;
      if (conflict && reject !== 'NULL_KEY') account.issue(sheet, 'CONFLICTING_DUPLICATE');
      account.faults[conflict ? 'conflictingDuplicates' : 'identicalDuplicates']++;
      await this.put(row);
    }
  }

  private put(row: readonly Cell[]): Promise<void> | undefined {
    const { account, sheet } = this.settings;
    account.sheet(sheet).rows++;
    for (const cell of row) if (cell === 'NULL') account.faults.nullTexts++;
    if (!this.sheet || this.inPart >= this.settings.options.rowsPerSheet) return this.putInNextPart(row);
    this.inPart++;
    return this.sheet.writeRow(row);
  }

  private async putInNextPart(row: readonly Cell[]): Promise<void> {
    const sheet = await this.nextPart();
    this.inPart = 1;
    await sheet.writeRow(row);
  }

  private async nextPart(): Promise<SheetTarget> {
    const { writer, sheet } = this.settings;
    this.part++;
    this.sheet = await writer.addSheet(continuationName(sheet, this.part));
    await this.sheet.writeRow(SHEET_HEADERS[sheet]);
    return this.sheet;
  }
}
