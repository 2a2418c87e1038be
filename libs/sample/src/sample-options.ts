import { EXCEL_MAX_ROWS } from '@libs/xlsx-writer';

/** The data rows of the workbook that the factory sent; scale 1 is these. */
export const REAL_ROWS = {
  OrdensFabrico: 27_380,
  FasesOrdemFabrico: 519_079,
  FuncionariosFaseOrdemFabrico: 423_769,
  OrdemFabricoErros: 89_836,
  Funcionarios: 902,
  FuncionariosFasesAptos: 902,
  Fases: 71,
  Modelos: 894,
  FasesStandardModelos: 15_347,
} as const;

export type SheetName = keyof typeof REAL_ROWS;

/** Different phase ids among the assignments of the real workbook. */
const REAL_ASSIGNED_PHASES = 360_646;

/**
 * Faults as shares, 0 to 1, of what each says. The number injected is the share times the rows, rounded: exact, never a matter of luck. The
 * defaults are the real workbook's; those of faults that it has none of are 0.
 */
export interface FaultRates {
  /** of the orders: finished, on paper, before they were created */
  finishedBeforeCreated: number;
  /** of the orders: in a terminal phase without a finish date */
  missingFinish: number;
  /** of the orders: open, and nothing recorded for more than 180 days */
  dormantOrders: number;
  /** of the products that are ordered: in no Modelos row */
  unknownProducts: number;
  /** of the orders: Of_Id is null (quarantined, and with them their phases and errors) */
  ordersMissingKey: number;
  /** of the phases: the end precedes the start */
  endBeforeStart: number;
  /** of the phases: Inicio is 1900-01-01 */
  sentinelStart: number;
  /** of the phases: no date at all. Unbegun phases of open orders are among them, so that there is a floor below which it can't go */
  noDate: number;
  /** of the phases: begun and never closed, though the order was finished long ago */
  staleOpen: number;
  /** of the phases: the second coefficient is a number written as text (of three phase types, so at most about 1 in 7) */
  numbersAsText: number;
  /** of the phases: FaseOf_Id is null */
  phasesMissingKey: number;
  /** of the phases: a word where the weight belongs */
  textInNumber: number;
  /** of the phases: #N/A where the coefficient belongs */
  errorCells: number;
  /** of the phases: both dates as ISO text */
  isoTextDates: number;
  /** of the phases: both dates as dd/mm/yyyy hh:mm text */
  dayFirstTextDates: number;
  /** of the phases: the weight as text with a decimal comma */
  decimalCommas: number;
  /** of the phases: Inicio in the year 2099 and nothing else (taken from those without a date) */
  futureDates: number;
  /** of the assignments: a worker in no Funcionarios row */
  unknownWorkers: number;
  /** of the assignments: FuncionarioId is null */
  assignmentsMissingKey: number;
  /** of the errors: of an order, and phases, that do not exist */
  errorsOfUnknownOrders: number;
  /** of the errors: severity 7 */
  invalidSeverity: number;
  /** of the Funcionarios rows: repeat an id */
  duplicateWorkers: number;
  /** of the Funcionarios rows: repeat an id with another Activo (at most the duplicates) */
  conflictingWorkers: number;
  /** of the FuncionariosFasesAptos rows: repeat worker and phase type with another date */
  duplicateAptitudes: number;
  /** of the rows of each of the four large sheets: come a second time, unchanged (added to the sheet's rows) */
  identicalDuplicates: number;
  /** of the rows of the three large sheets with a key: come a second time with another value (added to the sheet's rows) */
  conflictingDuplicates: number;
  /** of the nulls: the text NULL; the others are cells that are not there */
  nullTexts: number;
}

export type FaultName = keyof FaultRates;

export const DEFAULT_FAULTS: Readonly<FaultRates> = {
  finishedBeforeCreated: 7 / REAL_ROWS.OrdensFabrico,
  missingFinish: 241 / REAL_ROWS.OrdensFabrico,
  dormantOrders: 207 / REAL_ROWS.OrdensFabrico,
  unknownProducts: 339 / 1233,
  ordersMissingKey: 0,
  endBeforeStart: 2989 / REAL_ROWS.FasesOrdemFabrico,
  sentinelStart: 2919 / REAL_ROWS.FasesOrdemFabrico,
  noDate: 29_933 / REAL_ROWS.FasesOrdemFabrico,
  staleOpen: 5138 / REAL_ROWS.FasesOrdemFabrico,
  numbersAsText: 44_404 / REAL_ROWS.FasesOrdemFabrico,
  phasesMissingKey: 0,
  textInNumber: 0,
  errorCells: 0,
  isoTextDates: 0,
  dayFirstTextDates: 0,
  decimalCommas: 0,
  futureDates: 0,
  unknownWorkers: 56 / REAL_ROWS.FuncionariosFaseOrdemFabrico,
  assignmentsMissingKey: 0,
  errorsOfUnknownOrders: 9 / REAL_ROWS.OrdemFabricoErros,
  invalidSeverity: 0,
  duplicateWorkers: 601 / REAL_ROWS.Funcionarios,
  conflictingWorkers: 0,
  duplicateAptitudes: 8 / REAL_ROWS.FuncionariosFasesAptos,
  identicalDuplicates: 0,
  conflictingDuplicates: 0,
  nullTexts: 1,
};

/** 116,505 of the 360,646 phases named by assignments exist. */
export const DEFAULT_ASSIGNMENT_MATCH_RATE = 116_505 / REAL_ASSIGNED_PHASES;
/** The last event of the real workbook, in seconds of the factory's wall clock: 2025-12-11T12:50:00. */
export const DEFAULT_END = 20_433 * 86_400 + 12 * 3600 + 50 * 60;
export const MAX_SCALE = 100;

export interface SampleOptions {
  /** 1 = the real row counts; above 0, at most 100. */
  scale: number;
  /** 0 to 2^53 - 1. The same seed and options give the same workbook. */
  seed: number;
  /** Share of the different phase ids named by assignments that exist; default that of the real workbook, 0.323. */
  assignmentMatchRate?: number;
  faults?: Partial<FaultRates>;
  /** The last recorded event: whole minutes, as seconds since 1970-01-01T00:00:00 on the factory's wall clock. Default 2025-12-11T12:50:00. */
  end?: number;
  /** Data rows after which a sheet goes on in the next; default what Excel holds below a header. */
  rowsPerSheet?: number;
  /** Called when a sheet (continuations included) is written. */
  onSheet?: (sheet: SheetName, rows: number) => void;
}

export type SampleErrorCode = 'SAMPLE_OPTION' | 'SAMPLE_FAULTS_EXCEED';

/** An option, or a sum of faults, that no workbook can have. The remedy is part of the message. */
export class SampleError extends Error {
  constructor(
    readonly code: SampleErrorCode,
    message: string,
  ) {
    super(`${code}: ${message}`);
    this.name = 'SampleError';
  }
}

export interface ResolvedOptions {
  scale: number;
  seed: number;
  assignmentMatchRate: number;
  faults: FaultRates;
  endMinute: number;
  rowsPerSheet: number;
}

/** The options with all defaults. @throws SampleError SAMPLE_OPTION for a value out of its range */
export function resolveOptions(options: SampleOptions): ResolvedOptions {
  const { scale, seed } = options;
  if (!(scale > 0 && scale <= MAX_SCALE)) {
    throw new SampleError(
      'SAMPLE_OPTION',
      `scale is ${scale}; give a number above 0 and at most ${MAX_SCALE} (1 = the real counts)`,
    );
  }
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new SampleError('SAMPLE_OPTION', `seed is ${seed}; give a whole number from 0`);
  const assignmentMatchRate = options.assignmentMatchRate ?? DEFAULT_ASSIGNMENT_MATCH_RATE;
  checkShare('assignmentMatchRate', assignmentMatchRate);
  const faults = { ...DEFAULT_FAULTS };
  for (const [name, rate] of Object.entries(options.faults ?? {})) {
    if (!(name in DEFAULT_FAULTS)) {
      throw new SampleError(
        'SAMPLE_OPTION',
        `there is no fault ${name}; the faults are ${Object.keys(DEFAULT_FAULTS).join(', ')}`,
      );
    }
    if (rate === undefined) continue;
    checkShare(name, rate);
    faults[name as FaultName] = rate;
  }
  const end = options.end ?? DEFAULT_END;
  if (!Number.isSafeInteger(end / 60) || end < 631_152_000 || end > 4_070_908_800) {
    throw new SampleError(
      'SAMPLE_OPTION',
      `end is ${end}; give whole minutes in seconds since 1970, between the years 1990 and 2099`,
    );
  }
  const rowsPerSheet = options.rowsPerSheet ?? EXCEL_MAX_ROWS - 1;
  if (!Number.isInteger(rowsPerSheet) || rowsPerSheet < 1 || rowsPerSheet >= EXCEL_MAX_ROWS) {
    throw new SampleError('SAMPLE_OPTION', `rowsPerSheet is ${rowsPerSheet}; give 1 to ${EXCEL_MAX_ROWS - 1}`);
  }
  return { scale, seed, assignmentMatchRate, faults, endMinute: end / 60, rowsPerSheet };
}

function checkShare(name: string, share: number): void {
  if (!(share >= 0 && share <= 1))
    throw new SampleError('SAMPLE_OPTION', `${name} is ${share}; give a share from 0 to 1`);
}

/** How many of everything a scale asks for. Duplicates of the large sheets come on top of the rows. */
export interface SampleSizes {
  rows: Record<SheetName, number>;
  /** different phase ids among the assignments */
  assignedPhases: number;
  workers: number;
  unknownProducts: number;
  ordersOfUnknownProducts: number;
}

/**
 * The four large sheets grow with the scale s, rounded. Catalogues grow with its square root (a factory ten times as busy does not build ten
 * times as many models): s = 1 gives the real counts. Models are at most 6 of 10 orders, so that each is ordered, and there are at least 5
 * workers and 8 rows of them. The phase types are always 71.
 */
export function sampleSizes(options: Pick<ResolvedOptions, 'scale' | 'faults'>): SampleSizes {
  const { scale, faults } = options;
  // Correctly rounded by IEEE 754, so the same everywhere.
  const root = Math.sqrt(scale);
  const orders = Math.max(1, Math.round(REAL_ROWS.OrdensFabrico * scale));
  const models = Math.max(1, Math.min(Math.round(REAL_ROWS.Modelos * root), Math.floor(orders * 0.6)));
  const workerRows = Math.max(8, Math.round(REAL_ROWS.Funcionarios * root));
  const wanted =
    faults.unknownProducts < 1 ? Math.round((models * faults.unknownProducts) / (1 - faults.unknownProducts)) : orders;
  const unknownProducts = Math.min(wanted, orders - models);
  return {
    rows: {
      OrdensFabrico: orders,
      FasesOrdemFabrico: Math.max(orders, Math.round(REAL_ROWS.FasesOrdemFabrico * scale)),
      FuncionariosFaseOrdemFabrico: Math.round(REAL_ROWS.FuncionariosFaseOrdemFabrico * scale),
      OrdemFabricoErros: Math.round(REAL_ROWS.OrdemFabricoErros * scale),
      Funcionarios: workerRows,
      FuncionariosFasesAptos: workerRows,
      Fases: REAL_ROWS.Fases,
      Modelos: models,
      FasesStandardModelos: Math.round((REAL_ROWS.FasesStandardModelos * models) / REAL_ROWS.Modelos),
    },
    assignedPhases: Math.round(REAL_ASSIGNED_PHASES * scale),
    workers: Math.max(5, workerRows - Math.round(workerRows * faults.duplicateWorkers)),
    unknownProducts,
    ordersOfUnknownProducts: Math.min(Math.round((unknownProducts * 387) / 339), orders - models),
  };
}
