import type { FaultName, SheetName } from './sample-options';

export type RejectReason =
  | 'NULL_KEY'
  | 'INVALID_VALUE'
  | 'ERROR_CELL'
  | 'INVALID_TIME_RANGE'
  | 'UNKNOWN_ORDER'
  | 'UNKNOWN_WORKER'
  | 'INVALID_SEVERITY';

export type IssueCode =
  | 'SENTINEL_DATE'
  | 'FUTURE_DATE'
  | 'CONFLICTING_DUPLICATE'
  | 'ORPHAN_PRODUCT'
  | 'ORPHAN_PHASE'
  | 'INVALID_TIME_RANGE'
  | 'MISSING_FINISH'
  | 'STALE_OPEN_PHASE';

export interface SheetAccount {
  sheet: SheetName;
  /** Data rows written, repeated ones included, headers not. */
  rows: number;
  /** Rows whose key came before in the sheet. */
  duplicates: number;
  /** Rows that the definitions quarantine. */
  quarantined: number;
}

/**
 * What a generated workbook holds, and what a load of it should therefore report. Rejects and issues follow the definitions: one reason per row,
 * issues of kept rows only, `ORPHAN_PHASE` once per row. (`INVALID_TIME_RANGE` is a reject of phases and an issue of orders.)
 */
export interface SampleAccount {
  scale: number;
  seed: number;
  /** The last recorded event, in seconds of the factory's wall clock. */
  asOf: number;
  sheets: SheetAccount[];
  /** How many of each fault were injected; faults that none were of are 0. */
  faults: Record<FaultName, number>;
  rejects: { sheet: SheetName; reason_code: RejectReason; count: number }[];
  issues: { sheet: SheetName; code: IssueCode; count: number }[];
  matchRates: { name: 'employee_productivity' | 'produto_join'; matches: number; total: number }[];
}

/** Gathers the account while the sheets are written. */
export class AccountKeeper {
  private readonly sheets = new Map<SheetName, SheetAccount>();
  private readonly rejects = new Map<SheetName, Map<RejectReason, number>>();
  private readonly issues = new Map<SheetName, Map<IssueCode, number>>();
  readonly faults: Record<FaultName, number>;
  readonly matchRates: SampleAccount['matchRates'] = [];

  constructor(faultNames: readonly FaultName[]) {
    this.faults = Object.fromEntries(faultNames.map((name) => [name, 0])) as Record<FaultName, number>;
  }

  sheet(name: SheetName): SheetAccount {
    let sheet = this.sheets.get(name);
    if (!sheet) this.sheets.set(name, (sheet = { sheet: name, rows: 0, duplicates: 0, quarantined: 0 }));
    return sheet;
  }

  reject(sheet: SheetName, reason: RejectReason): void {
    this.sheet(sheet).quarantined++;
    increment(this.rejects, sheet, reason);
  }

  issue(sheet: SheetName, code: IssueCode): void {
    increment(this.issues, sheet, code);
  }

  close(scale: number, seed: number, asOf: number): SampleAccount {
    return {
      scale,
      seed,
      asOf,
      sheets: [...this.sheets.values()],
      faults: this.faults,
      rejects: rows(this.rejects).map(([sheet, reason_code, count]) => ({ sheet, reason_code, count })),
      issues: rows(this.issues).map(([sheet, code, count]) => ({ sheet, code, count })),
      matchRates: this.matchRates,
    };
  }
}

function increment<K>(table: Map<SheetName, Map<K, number>>, sheet: SheetName, key: K): void {
  const counts = table.get(sheet) ?? new Map<K, number>();
  table.set(sheet, counts);
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function rows<K>(table: Map<SheetName, Map<K, number>>): [SheetName, K, number][] {
  return [...table].flatMap(([sheet, counts]) =>
    [...counts].map(([key, count]): [SheetName, K, number] => [sheet, key, count]),
  );
}
