import { CellType, serialToWallSeconds, Workbook } from '@libs/xlsx';
import type { Cell, Row } from '@libs/xlsx-writer';
import { generateSample } from '../generate-sample';
import type { SampleAccount } from '../sample-account';
import type { SampleOptions, SheetName } from '../sample-options';

/** A date is { at: seconds }, an error cell { error }. */
export type ReadCell = number | string | null | { at: number } | { error: string };
export type ReadTable = { name: string; header: ReadCell[]; rows: ReadCell[][] };

const TERMINAL = [
  'Entregue',
  'Embalado',
  'Armazem',
  'Armazem 2ª escolha',
  'Em Uso',
  'Para Abate',
  'Abatido',
  'Lixo',
  'Reutilizado',
];
const DAY = 86_400;
const YEAR_1950 = -631_152_000;
const FAR_FUTURE = 4_070_908_800;
const KEYS: Record<SheetName, number[]> = {
  OrdensFabrico: [0],
  FasesOrdemFabrico: [0],
  FuncionariosFaseOrdemFabrico: [0, 1],
  OrdemFabricoErros: [0, 1, 2, 3, 4, 5],
  Funcionarios: [0],
  FuncionariosFasesAptos: [0, 1],
  Fases: [0],
  Modelos: [0],
  FasesStandardModelos: [0, 1, 2],
};

/** All worksheets of a workbook, in order, the text NULL read as null. */
export async function readTables(path: string): Promise<ReadTable[]> {
  const workbook = await Workbook.open(path);
  const tables: ReadTable[] = [];
  for (const sheet of workbook.sheets) {
    const rows: ReadCell[][] = [];
    let width = 0;
    for await (const batch of workbook.readRows(sheet.index)) {
      for (let row = 0; row < batch.rowCount; row++) {
        const cells = new Array<ReadCell>(width).fill(null);
        for (let k = batch.cellStart[row]; k < batch.cellStart[row + 1]; k++) {
          const type = batch.cellType[k];
          const text = batch.cellText[k] ?? '';
          let value: ReadCell = batch.cellNumber[k];
          if (type === CellType.DATE) value = { at: serialToWallSeconds(batch.cellNumber[k], workbook.date1904) };
          if (type === CellType.STRING) value = text === 'NULL' ? null : text;
          if (type === CellType.ERROR) value = { error: text };
          cells[batch.cellColumn[k] - 1] = value;
        }
        width = Math.max(width, cells.length);
        rows.push(cells);
      }
    }
    tables.push({ name: sheet.name, header: rows[0], rows: rows.slice(1) });
  }
  await workbook.close();
  return tables;
}

/** The same tables straight from the generator, which takes a small part of the time of writing and reading a file. */
export async function makeTables(options: SampleOptions): Promise<{ account: SampleAccount; tables: ReadTable[] }> {
  const tables: ReadTable[] = [];
  const account = await generateSample(options, {
    addPart: () => undefined,
    addSheet: (name) => {
      const table: ReadTable = { name, header: [], rows: [] };
      tables.push(table);
      const writeRow = (cells: Row): undefined => {
        const row = cells.map(asRead);
        if (table.header.length === 0) table.header = row;
        else table.rows.push(row);
      };
      return Promise.resolve({ writeRow });
    },
  });
  return { account, tables };
}

function asRead(cell: Cell): ReadCell {
  if (cell === 'NULL' || typeof cell === 'boolean') return null;
  return cell !== null && typeof cell === 'object' && 'date' in cell ? { at: cell.date } : cell;
}

export interface Audit {
  rows: Partial<Record<SheetName, number>>;
  duplicates: Partial<Record<SheetName, number>>;
  rejects: Record<string, number>;
  issues: Record<string, number>;
  matchRates: Record<string, [matches: number, total: number]>;
  asOf: number;
  orders: { finished: number; active: number; dormant: number; atRest: number };
  wip: number;
}

/**
 * Judges a workbook by the definitions alone, knowing nothing of how it was made: what a load of it must report. Slow and plain on purpose, since
 * the generator's account is held against it.
 */
export function audit(tables: readonly ReadTable[]): Audit {
  const table = (name: SheetName): ReadCell[][] => tables.find((one) => one.name === name)?.rows ?? [];
  const result: Audit = {
    rows: {},
    duplicates: {},
    rejects: {},
    issues: {},
    matchRates: {},
    asOf: 0,
    orders: { finished: 0, active: 0, dormant: 0, atRest: 0 },
    wip: 0,
  };
  const issue = (sheet: SheetName, code: string): void => bump(result.issues, `${sheet} ${code}`);
  /** First rows with a whole key; the rest are counted. */
  const firsts = (sheet: SheetName): ReadCell[][] => {
    const seen = new Map<string, string>();
    result.rows[sheet] = table(sheet).length;
    const kept: ReadCell[][] = [];
    for (const row of table(sheet)) {
      const key = KEYS[sheet].map((column) => row[column]);
      if (sheet !== 'OrdemFabricoErros' && key.includes(null)) bump(result.rejects, `${sheet} NULL_KEY`);
      else if (seen.has(JSON.stringify(key))) {
        result.duplicates[sheet] = (result.duplicates[sheet] ?? 0) + 1;
        if (seen.get(JSON.stringify(key)) !== JSON.stringify(row)) issue(sheet, 'CONFLICTING_DUPLICATE');
      } else {
        seen.set(JSON.stringify(key), JSON.stringify(row));
        kept.push(row);
      }
    }
    return kept;
  };
  const drop = (sheet: SheetName, reason: string): false => {
    bump(result.rejects, `${sheet} ${reason}`);
    return false;
  };

  const names = new Map(firsts('Fases').map((row) => [row[0], row[1]]));
  const models = new Set(firsts('Modelos').map((row) => row[0]));
  const workers = new Set(firsts('Funcionarios').map((row) => row[0]));
  firsts('FuncionariosFasesAptos');
  firsts('FasesStandardModelos');

  const orders = new Map(firsts('OrdensFabrico').map((row) => [row[0], row]));
  for (const row of orders.values()) {
    if (!models.has(row[3])) issue('OrdensFabrico', 'ORPHAN_PRODUCT');
    if (row[2] !== null && at(row[2]) < at(row[1])) issue('OrdensFabrico', 'INVALID_TIME_RANGE');
    if (row[2] === null && isTerminal(names, row[4])) issue('OrdensFabrico', 'MISSING_FINISH');
  }

  const events = new Map<ReadCell, number>();
  const open: ReadCell[][] = [];
  const phases = firsts('FasesOrdemFabrico').filter((row) => {
    if (typeof row[8] === 'string' && !/^\d+([.,]\d+)?$/.test(row[8]))
      return drop('FasesOrdemFabrico', 'INVALID_VALUE');
    if (row.some((cell) => cell !== null && typeof cell === 'object' && 'error' in cell)) {
      return drop('FasesOrdemFabrico', 'ERROR_CELL');
    }
    const start = event(row[2]);
    const end = event(row[3]);
    if (start !== undefined && end !== undefined && end < start) return drop('FasesOrdemFabrico', 'INVALID_TIME_RANGE');
    if (!orders.has(row[1])) return drop('FasesOrdemFabrico', 'UNKNOWN_ORDER');
    for (const cell of [row[2], row[3]]) {
      if (cell !== null && at(cell) < YEAR_1950) issue('FasesOrdemFabrico', 'SENTINEL_DATE');
      if (cell !== null && at(cell) >= FAR_FUTURE) issue('FasesOrdemFabrico', 'FUTURE_DATE');
    }
    events.set(row[1], Math.max(events.get(row[1]) ?? -Infinity, start ?? -Infinity, end ?? -Infinity));
    if (start !== undefined && end === undefined) open.push(row);
    return true;
  });
  const phaseIds = new Set(phases.map((row) => row[0]));

  for (const row of orders.values()) {
    const last = Math.max(at(row[1]), row[2] === null ? -Infinity : at(row[2]), events.get(row[0]) ?? -Infinity);
    events.set(row[0], last);
    result.asOf = Math.max(result.asOf, last);
  }
  const fate = (row: ReadCell[]): keyof Audit['orders'] => {
    if (row[2] !== null) return 'finished';
    if (isTerminal(names, row[4])) return 'atRest';
    return events.get(row[0])! < result.asOf - 180 * DAY ? 'dormant' : 'active';
  };
  for (const row of orders.values()) result.orders[fate(row)]++;
  for (const phase of open) {
    const owner = fate(orders.get(phase[1])!);
    if (owner === 'active') result.wip++;
    if (owner === 'finished' || owner === 'atRest') issue('FasesOrdemFabrico', 'STALE_OPEN_PHASE');
  }

  for (const row of firsts('FuncionariosFaseOrdemFabrico')) {
    if (!workers.has(row[1])) drop('FuncionariosFaseOrdemFabrico', 'UNKNOWN_WORKER');
    else if (!phaseIds.has(row[0])) issue('FuncionariosFaseOrdemFabrico', 'ORPHAN_PHASE');
  }
  for (const row of firsts('OrdemFabricoErros')) {
    if (!orders.has(row[1])) drop('OrdemFabricoErros', 'UNKNOWN_ORDER');
    else if (![1, 2, 3].includes(row[3] as number)) drop('OrdemFabricoErros', 'INVALID_SEVERITY');
    else if ([row[4], row[5]].some((id) => id !== null && !phaseIds.has(id)))
      issue('OrdemFabricoErros', 'ORPHAN_PHASE');
  }

  const extracted = new Set(table('FasesOrdemFabrico').map((row) => row[0]));
  const assigned = new Set(table('FuncionariosFaseOrdemFabrico').map((row) => row[0]));
  result.matchRates.employee_productivity = [[...assigned].filter((id) => extracted.has(id)).length, assigned.size];
  const ordered = new Set(table('OrdensFabrico').map((row) => row[3]));
  result.matchRates.produto_join = [[...ordered].filter((id) => models.has(id)).length, ordered.size];
  return result;
}

function bump(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function isTerminal(names: ReadonlyMap<ReadCell, ReadCell>, type: ReadCell): boolean {
  return TERMINAL.includes(names.get(type) as string);
}

/** Seconds of a date cell or a date as text. */
export function at(cell: ReadCell): number {
  if (cell !== null && typeof cell === 'object' && 'at' in cell) return cell.at;
  if (typeof cell === 'string') {
    const [, day, month, year, time] = /^(\d\d)\/(\d\d)\/(\d{4}) (.*)$/.exec(cell) ?? [];
    return Date.parse(day === undefined ? `${cell}Z` : `${year}-${month}-${day}T${time}Z`) / 1000;
  }
  throw new Error(`no date: ${JSON.stringify(cell)}`);
}

/** A recorded moment; sentinels and dates to come are none. */
function event(cell: ReadCell): number | undefined {
  if (cell === null) return undefined;
  const seconds = at(cell);
  return seconds < YEAR_1950 || seconds >= FAR_FUTURE ? undefined : seconds;
}
