import { isKeyColumn, SheetProfiler, type SheetProfilePart } from '@libs/profile';
import {
  HEADER_SEARCH_ROWS,
  isNullText,
  MappingError,
  matchHeaders,
  missingHeaders,
  SHEETS,
  type HeaderCandidate,
  type HeaderMatch,
  type MappingAliases,
  type SheetDefinition,
} from '@libs/workbook';
import { CellType, columnName, serialToWallSeconds, type RowBatch } from '@libs/xlsx';
import { chooseHeader, type HeldRow } from './choose-header';

export interface SheetInspectorOptions {
  /** The sheet's name in the workbook. */
  readonly name: string;
  /** Name of the definition that the sheet answers to, if any. */
  readonly definition?: string;
  readonly date1904: boolean;
  readonly aliases: MappingAliases;
}

/** What inspecting one sheet found; survives structured clone. */
export interface SheetFindings {
  readonly profile: SheetProfilePart;
  /** The header as the workbook has it; undefined where the sheet has none. */
  readonly header?: HeaderCandidate;
  readonly warnings: readonly string[];
}

const UNNAMED = -1;

/**
 * Finds the header of a sheet, known or not, and profiles every row below it. Nothing is refused: a sheet that the
 * loader could not read is just what an inspection is for.
 */
export class SheetInspector {
  private readonly definition: SheetDefinition | undefined;
  private readonly held: HeldRow[] = [];
  private readonly warnings: string[] = [];
  private profiler: SheetProfiler | undefined;
  private header: HeaderCandidate | undefined;
  /** By Excel column (from 1): the position in the profiler, or UNNAMED. */
  private positions = new Int32Array(0);
  private strayCells = 0;
  /** A header stood twice, which says more than that none was found. */
  private isAmbiguous = false;

  constructor(private readonly options: SheetInspectorOptions) {
    this.definition = SHEETS.find(({ sheet }) => sheet === options.definition);
  }

  push(batch: RowBatch): void {
    for (let row = 0; row < batch.rowCount; row += 1) {
      if (this.profiler) this.profile(this.profiler, batch, row);
      else this.seekHeader(holdRow(batch, row));
    }
  }

  finish(): SheetFindings {
    const profiler = this.profiler ?? this.settle();
    if (this.strayCells > 0) {
      this.warn(`${this.strayCells} cells stand in columns without header and were not profiled.`);
    }
    return { profile: profiler.finish(), header: this.header, warnings: this.warnings };
  }

  private seekHeader(held: HeldRow): void {
    if (held.cells.length === 0) return;
    this.held.push(held);
    const match = this.definition && this.match(this.definition, candidateOf(held));
    if (match && this.definition) this.useMatch(this.definition, match, candidateOf(held));
    else if (this.held.length >= HEADER_SEARCH_ROWS) this.settle();
  }

  private match(definition: SheetDefinition, candidate: HeaderCandidate): HeaderMatch | undefined {
    try {
      return matchHeaders(definition, candidate, this.options.aliases);
    } catch (error) {
      if (!(error instanceof MappingError)) throw error;
      this.isAmbiguous = true;
      this.warnings.push(error.message);
      return undefined;
    }
  }

  private useMatch(definition: SheetDefinition, match: HeaderMatch, header: HeaderCandidate): void {
    this.warnings.push(...match.warnings);
    const named = match.columns.map((column, i) => ({ column, name: definition.columns[i].header }));
    const extras = match.extras.map(({ column, header: name }) => ({ column, name }));
    this.begin([...named, ...extras], header);
  }

  /** Takes what header there is, and profiles the rows held back for it. */
  private settle(): SheetProfiler {
    const { definition, held } = this;
    if (definition && held.length > 0 && !this.isAmbiguous) {
      this.warnings.push(missingHeaders(definition, held.map(candidateOf), this.options.aliases).message);
    }
    const at = chooseHeader(held);
    const columns = new Map<number, string>();
    // Columns of which only cells are known go by their letter.
    for (const { cells } of held.slice(Math.max(0, at))) {
      for (const { column } of cells) columns.set(column, `(column ${columnName(column)})`);
    }
    if (at >= 0) for (const { column, text } of held[at].cells) columns.set(column, (text ?? '').trim());
    else if (held.length > 0) this.warn('has no row that looks like a header; its columns go by their letters.');
    const sorted = [...columns].sort(([a], [b]) => a - b).map(([column, name]) => ({ column, name }));
    const profiler = this.begin(sorted, at < 0 ? undefined : candidateOf(held[at]));
    for (const { cells } of held.slice(at + 1)) {
      profiler.row();
      for (const { column, type, number, text } of cells) {
        this.report(profiler, this.positions[column], type, number, text);
      }
    }
    held.length = 0;
    return profiler;
  }

  private begin(
    columns: readonly { readonly column: number; readonly name: string }[],
    header: HeaderCandidate | undefined,
  ): SheetProfiler {
    const sheet = this.definition?.sheet ?? '';
    this.header = header;
    this.positions = new Int32Array(Math.max(0, ...columns.map(({ column }) => column)) + 1).fill(UNNAMED);
    columns.forEach(({ column }, i) => (this.positions[column] = i));
    return (this.profiler = new SheetProfiler(
      columns.map(({ name }) => ({ name, trackKeys: isKeyColumn(sheet, name) })),
    ));
  }

  private profile(profiler: SheetProfiler, batch: RowBatch, row: number): void {
    let isRow = false;
    const end = batch.cellStart[row + 1];
    for (let cell = batch.cellStart[row]; cell < end; cell += 1) {
      const type = batch.cellType[cell];
      const text = batch.cellText[cell];
      if (isBlank(type, text)) continue;
      const column = batch.cellColumn[cell];
      const position = column < this.positions.length ? this.positions[column] : UNNAMED;
      if (position === UNNAMED) {
        this.strayCells += 1;
        continue;
      }
      // A row whose cells are all blank is no row, one with a NULL text is.
      if (!isRow) profiler.row();
      isRow = true;
      this.report(profiler, position, type, batch.cellNumber[cell], text);
    }
  }

  private report(
    profiler: SheetProfiler,
    position: number,
    type: number,
    number: number,
    text: string | undefined,
  ): void {
    switch (type) {
      case CellType.NUMBER:
        profiler.number(position, number);
        break;
      case CellType.DATE:
        profiler.date(position, serialToWallSeconds(number, this.options.date1904));
        break;
      case CellType.BOOLEAN:
        profiler.boolean(position, number === 1 ? 1 : 0);
        break;
      case CellType.ERROR:
        profiler.error(position, text ?? '');
        break;
      default:
        if (!isNullText(text ?? '')) profiler.text(position, text ?? '');
    }
  }

  private warn(what: string): void {
    this.warnings.push(`Sheet "${this.options.name}": ${what}`);
  }
}

function isBlank(type: number, text: string | undefined): boolean {
  return type === CellType.STRING && (text ?? '').trim() === '';
}

function holdRow(batch: RowBatch, row: number): HeldRow {
  const cells: HeldRow['cells'][number][] = [];
  for (let cell = batch.cellStart[row]; cell < batch.cellStart[row + 1]; cell += 1) {
    const type = batch.cellType[cell];
    const text = batch.cellText[cell];
    if (isBlank(type, text)) continue;
    cells.push({ column: batch.cellColumn[cell], type, number: batch.cellNumber[cell], text });
  }
  return { row: batch.rowNumber[row], cells };
}

/** The row as matchHeaders takes it. */
function candidateOf({ row, cells }: HeldRow): HeaderCandidate {
  return {
    row,
    cells: cells.flatMap(({ column, type, number, text }) => {
      if (type === CellType.STRING) return [{ column, text: (text ?? '').trim() }];
      return type === CellType.NUMBER ? [{ column, text: String(number) }] : [];
    }),
  };
}
