import type { ErrorDescriptionDto, ErrorsOfMonthDto, ErrorsOfPhaseDto, HeatmapCellDto } from './dto/quality.dto';

/** Errors that have something in common; the columns that are not of their kind are null. */
export interface GroupRow {
  kind: 'pair' | 'month' | 'description';
  fase_avaliacao_id: number | null;
  fase_avaliacao: string | null;
  fase_culpada_id: number | null;
  fase_culpada: string | null;
  /** 2025-11. */
  month: string | null;
  descricao: string | null;
  gravidade: number | null;
  errors: number;
  /** Sum of their severities. */
  gravidade_total: number;
}

/** Sums over several rows. */
class Tally {
  errors = 0;
  private severities = 0;
  readonly bySeverity: Record<string, number> = { '1': 0, '2': 0, '3': 0 };

  add({ errors, gravidade, gravidade_total }: GroupRow): void {
    this.errors += errors;
    this.severities += gravidade_total;
    if (gravidade !== null) this.bySeverity[gravidade] += errors;
  }

  /** Null without errors. */
  get averageSeverity(): number | null {
    return this.errors === 0 ? null : this.severities / this.errors;
  }
}

interface Phase {
  id: number | null;
  name: string | null;
  caused: Tally;
  found: number;
}

const byId = (a: number | null, b: number | null) => (a ?? Infinity) - (b ?? Infinity) || 0;

/** The figures of an overview from counted errors; every part adds up to the same errors. */
export class ErrorGroups {
  private readonly total = new Tally();
  private readonly pairs: readonly GroupRow[];

  constructor(private readonly rows: readonly GroupRow[]) {
    this.pairs = rows.filter((row) => row.kind === 'pair');
    for (const row of this.pairs) this.total.add(row);
  }

  get errors(): number {
    return this.total.errors;
  }

  get bySeverity(): Record<string, number> {
    return this.total.bySeverity;
  }

  /** By the phase type that caused them, most first; types that only found errors come last. */
  phases(): ErrorsOfPhaseDto[] {
    const phases = new Map<number | null, Phase>();
    const phaseOf = (id: number | null, name: string | null) => {
      const known = phases.get(id);
      if (known !== undefined) return known;
      const phase: Phase = { id, name, caused: new Tally(), found: 0 };
      phases.set(id, phase);
      return phase;
    };
    for (const row of this.pairs) {
      phaseOf(row.fase_culpada_id, row.fase_culpada).caused.add(row);
      if (row.fase_avaliacao_id !== null) phaseOf(row.fase_avaliacao_id, row.fase_avaliacao).found += row.errors;
    }
    return [...phases.values()]
      .sort((a, b) => b.caused.errors - a.caused.errors || byId(a.id, b.id))
      .map(({ id, name, caused, found }) => ({
        fase_id: id,
        fase_nome: name,
        total_erros: caused.errors,
        found,
        gravidade_avg: caused.averageSeverity,
        erros_por_gravidade: caused.bySeverity,
      }));
  }

  heatmap(): HeatmapCellDto[] {
    const cells = new Map<string, { row: GroupRow; tally: Tally }>();
    for (const row of this.pairs) {
      const key = `${row.fase_avaliacao_id}/${row.fase_culpada_id}`;
      const cell = cells.get(key) ?? { row, tally: new Tally() };
      cell.tally.add(row);
      cells.set(key, cell);
    }
    return [...cells.values()]
      .sort(
        (a, b) =>
          b.tally.errors - a.tally.errors ||
          byId(a.row.fase_avaliacao_id, b.row.fase_avaliacao_id) ||
          byId(a.row.fase_culpada_id, b.row.fase_culpada_id),
      )
      .map(({ row, tally }) => ({
        fase_avaliacao: row.fase_avaliacao,
        fase_culpada: row.fase_culpada,
        count: tally.errors,
        gravidade_avg: tally.averageSeverity,
        // The contract's ids are optional, not nullable.
        ...(row.fase_avaliacao_id === null ? {} : { fase_avaliacao_id: row.fase_avaliacao_id }),
        ...(row.fase_culpada_id === null ? {} : { fase_culpada_id: row.fase_culpada_id }),
        error_count: tally.errors,
      }));
  }

  /** Every month from the first to the last with an error, those without among them. */
  trend(): ErrorsOfMonthDto[] {
    const months = new Map<string, Tally>();
    for (const row of this.rows) {
      if (row.month === null) continue;
      const tally = months.get(row.month) ?? new Tally();
      tally.add(row);
      months.set(row.month, tally);
    }
    const known = [...months.keys()].sort();
    return monthsBetween(known.at(0), known.at(-1)).map((month) => {
      const tally = months.get(month) ?? new Tally();
      return { month, total_erros: tally.errors, erros_por_gravidade: tally.bySeverity };
    });
  }

  topDescriptions(): ErrorDescriptionDto[] {
    return this.rows
      .filter((row): row is GroupRow & { descricao: string } => row.kind === 'description' && row.descricao !== null)
      .sort((a, b) => b.errors - a.errors || (a.descricao < b.descricao ? -1 : 1))
      .map((row) => ({
        descricao: row.descricao,
        count: row.errors,
        share: row.errors / this.total.errors,
        gravidade_avg: row.gravidade_total / row.errors,
      }));
  }
}

/** 2024-11, 2024-12, 2025-01, … inclusive; nothing when there is no first. */
function monthsBetween(first: string | undefined, last: string | undefined): string[] {
  if (first === undefined || last === undefined) return [];
  const count = (month: string) => Number(month.slice(0, -3)) * 12 + Number(month.slice(-2)) - 1;
  return Array.from({ length: count(last) - count(first) + 1 }, (_, index) => {
    const month = count(first) + index;
    return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}
