import { SHEETS } from '@libs/workbook';
import { writeWorkbook, type Cell, type ExtraPart, type Row } from '@libs/xlsx-writer';

/** Rows of one sheet, each by header; a header that a row does not name is an empty cell. */
export type SheetRows = readonly Readonly<Record<string, Cell>>[];

/** The nine sheets by the names of the factory's export. */
export type FactorySheets = Record<string, SheetRows>;

/** A wall-clock time of the factory as a date cell. */
export function at(iso: string): { date: number } {
  return { date: Date.parse(`${iso.length === 10 ? `${iso}T00:00:00` : iso}Z`) / 1000 };
}

/** A date cell before Excel's calendar began: the sentinel the factory writes for 'no date'. */
export const SENTINEL: { date: number } = at('1900-01-01');

/**
 * A factory that fits on a page: three phase types (the third terminal), two models, two workers, three orders: 1 is
 * finished, 2 is in its second phase, 3 was only created, of a product that no model describes.
 */
export function smallFactory(): FactorySheets {
  return {
    Fases: [
      { Fase_Id: 1, Fase_Nome: 'Laminagem', Fase_Sequencia: 1, Fase_DeProducao: 1, Fase_Automatica: 0 },
      { Fase_Id: 2, Fase_Nome: 'Cura', Fase_Sequencia: 2, Fase_DeProducao: 1, Fase_Automatica: 1 },
      { Fase_Id: 12, Fase_Nome: 'Entregue', Fase_Sequencia: 3, Fase_DeProducao: 0, Fase_Automatica: 1 },
    ],
    Modelos: [
      {
        Produto_Id: 100,
        Produto_Nome: 'K1 Vento L',
        Produto_PesoDesmolde: 8.5,
        Produto_PesoAcabamento: 11,
        Produto_QtdGelDeck: 0.9,
        Produto_QtdGelCasco: 1,
      },
      {
        Produto_Id: 101,
        Produto_Nome: 'K2 Onda',
        Produto_PesoDesmolde: 0,
        Produto_PesoAcabamento: 18,
        Produto_QtdGelDeck: 'NULL',
        Produto_QtdGelCasco: '1,075',
      },
    ],
    Funcionarios: [
      { Funcionario_Id: 7, Funcionario_Nome: 'Trabalhador A', Funcionario_Activo: 1 },
      { Funcionario_Id: 8, Funcionario_Nome: 'Trabalhador B', Funcionario_Activo: 0 },
    ],
    FuncionariosFasesAptos: [
      { FuncionarioFase_FuncionarioId: 7, FuncionarioFase_FaseId: 1, FuncionarioFase_Inicio: at('2016-07-05') },
      { FuncionarioFase_FuncionarioId: 8, FuncionarioFase_FaseId: 2, FuncionarioFase_Inicio: 'NULL' },
    ],
    FasesStandardModelos: [route(100, 1, 1, 8, 6), route(100, 2, 2, 1.5, 0), route(101, 1, 1, 4, '0.666666666666667')],
    OrdensFabrico: [
      order(1, '2025-01-02T08:00:00', 100, 12, { acabamento: '2025-01-20T16:00:00', transporte: '2025-01-21' }),
      order(2, '2025-02-03T08:00:00', 101, 2, { transporte: '2025-03-31' }),
      order(3, '2025-02-10T09:30:00', 999, 1, {}),
    ],
    FasesOrdemFabrico: [
      phase(11, 1, 1, 1, { inicio: '2025-01-03T08:00:00', fim: '2025-01-03T12:00:00', peso: 8.6 }),
      phase(12, 1, 2, 2, { inicio: '2025-01-04T08:00:00', fim: '2025-01-04T08:00:00' }),
      phase(21, 2, 1, 1, { inicio: '2025-02-04T08:00:00', fim: '2025-02-05T10:15:00' }),
      phase(22, 2, 2, 2, { inicio: '2025-02-27T14:00:00' }),
      phase(31, 3, 1, 1, {}),
    ],
    FuncionariosFaseOrdemFabrico: [
      assignment(11, 7, 1),
      assignment(21, 7, 0),
      assignment(22, 8, 0),
      assignment(999, 7, 0),
    ],
    OrdemFabricoErros: [failure('Interior enrugado', 1, 2, 12, 11), failure('Molde baço', 2, 1, 21, 'NULL')],
  };
}

/** The small factory with these rows below its own. */
export function smallFactoryWith(more: FactorySheets): FactorySheets {
  const sheets = smallFactory();
  for (const [name, rows] of Object.entries(more)) sheets[name] = [...(sheets[name] ?? []), ...rows];
  return sheets;
}

export function route(
  product: Cell,
  fase: Cell,
  sequence: Cell,
  coefficient: Cell = 1,
  x: Cell = 0,
): SheetRows[number] {
  return {
    ProdutoFase_ProdutoId: product,
    ProdutoFase_FaseId: fase,
    ProdutoFase_Sequencia: sequence,
    ProdutoFase_Coeficiente: coefficient,
    ProdutoFase_CoeficienteX: x,
  };
}

export function order(
  id: Cell,
  created: string,
  product: Cell,
  fase: Cell,
  dates: { acabamento?: string; transporte?: string },
): SheetRows[number] {
  return {
    Of_Id: id,
    Of_DataCriacao: at(created),
    Of_DataAcabamento: dates.acabamento ? at(dates.acabamento) : 'NULL',
    Of_ProdutoId: product,
    Of_FaseId: fase,
    Of_DataTransporte: dates.transporte ? at(dates.transporte) : 'NULL',
  };
}

export function phase(
  id: Cell,
  orderId: Cell,
  fase: Cell,
  sequence: Cell,
  more: { inicio?: string; fim?: string; prevista?: string; peso?: number; retorno?: number },
): SheetRows[number] {
  return {
    FaseOf_Id: id,
    FaseOf_OfId: orderId,
    FaseOf_Inicio: more.inicio ? at(more.inicio) : 'NULL',
    FaseOf_Fim: more.fim ? at(more.fim) : 'NULL',
    FaseOf_DataPrevista: more.prevista ? at(more.prevista) : 'NULL',
    FaseOf_Coeficiente: 3,
    FaseOf_CoeficienteX: '0.666666666666667',
    FaseOf_FaseId: fase,
    FaseOf_Peso: more.peso ?? 0,
    FaseOf_Retorno: more.retorno ?? 0,
    FaseOf_Turno: 'NULL',
    FaseOf_Sequencia: sequence,
  };
}

export function assignment(phaseId: Cell, worker: Cell, chief: Cell): SheetRows[number] {
  return {
    FuncionarioFaseOf_FaseOfId: phaseId,
    FuncionarioFaseOf_FuncionarioId: worker,
    FuncionarioFaseOf_Chefe: chief,
  };
}

export function failure(text: Cell, orderId: Cell, severity: Cell, evaluated: Cell, culprit: Cell): SheetRows[number] {
  return {
    Erro_Descricao: text,
    Erro_OfId: orderId,
    Erro_FaseAvaliacao: 2,
    OFCH_GRAVIDADE: severity,
    Erro_FaseOfAvaliacao: evaluated,
    Erro_FaseOfCulpada: culprit,
  };
}

export interface FactoryWorkbookOptions {
  /** Stand above the header of every sheet. */
  titleRows?: readonly Row[];
  /** Sheets beside the nine, or with names of their own. */
  extraSheets?: readonly { name: string; rows: readonly Row[] }[];
  /** Other names for sheets. */
  rename?: Readonly<Record<string, string>>;
  /** Rows of a sheet beyond this many go to `Name (2)`, `Name (3)`, … */
  rowsPerSheet?: number;
  parts?: readonly ExtraPart[];
  strings?: 'shared' | 'inline';
  level?: number;
  date1904?: boolean;
}

/** Writes the sheets as a workbook, each with the headers of its definition and those its rows add. */
export async function writeFactory(
  path: string,
  sheets: FactorySheets,
  options: FactoryWorkbookOptions = {},
): Promise<void> {
  const { titleRows = [], extraSheets = [], rename = {}, rowsPerSheet = Number.POSITIVE_INFINITY, ...rest } = options;
  const written: { name: string; rows: Row[] }[] = [];
  for (const { sheet, columns } of SHEETS) {
    const rows = sheets[sheet];
    if (rows === undefined) continue;
    const headers = [
      ...new Set([...columns.map((column) => column.header), ...rows.flatMap((row) => Object.keys(row))]),
    ];
    const data = rows.map((row) => headers.map((header) => row[header] ?? null));
    const parts = Math.max(1, Math.ceil(data.length / rowsPerSheet));
    for (let part = 0; part < parts; part += 1) {
      const suffix = part === 0 ? '' : ` (${part + 1})`;
      const name = `${(rename[sheet] ?? sheet).slice(0, 31 - suffix.length)}${suffix}`;
      const slice = data.slice(
        part * Math.min(rowsPerSheet, data.length),
        (part + 1) * Math.min(rowsPerSheet, data.length),
      );
      written.push({ name, rows: [...titleRows, headers, ...slice] });
    }
  }
  await writeWorkbook(path, { ...rest, sheets: [...written, ...extraSheets] });
}
