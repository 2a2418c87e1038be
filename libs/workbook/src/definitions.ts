/**
 * The nine sheets of the factory's workbook: headers exactly as the factory's export writes them, the column of the
 * specification each becomes, its type, and what makes a row's natural key.
 */

/** `integer`: 32 bit; `id`: a whole number of up to 53 bits; `severity`: a number judged by its own rule (1, 2, 3). */
export type ColumnType = 'id' | 'integer' | 'number' | 'severity' | 'text' | 'date';

export interface ColumnDefinition {
  /** Header as the factory's export writes it. */
  readonly header: string;
  /** Column of the specification, in core and staging. */
  readonly column: string;
  readonly type: ColumnType;
  /** Other headers that mean the same, seen in other exports. */
  readonly aliases?: readonly string[];
  /** The row is quarantined (`NULL_REQUIRED`) where this is null. */
  readonly required?: boolean;
  /** A recorded event: later than the load's clock plus a day it is a `FUTURE_DATE`. */
  readonly event?: boolean;
}

export interface SheetDefinition {
  /** Table of the specification in core; `<entity>_raw` in staging. */
  readonly entity: Entity;
  /** Sheet name as the factory's export writes it. */
  readonly sheet: string;
  readonly aliases?: readonly string[];
  readonly columns: readonly ColumnDefinition[];
  /** Columns of the natural key; empty where the key is the fingerprint of all columns. */
  readonly key: readonly string[];
  /** A pair of date columns of which the second must not lie before the first. */
  readonly interval?: { readonly from: string; readonly to: string; readonly reject: boolean };
}

export type Entity =
  | 'fases_catalogo'
  | 'modelos'
  | 'funcionarios'
  | 'funcionarios_fases_aptos'
  | 'fases_standard_modelos'
  | 'ordens_fabrico'
  | 'fases_ordem_fabrico'
  | 'funcionarios_fase_ordem_fabrico'
  | 'erros_ordem_fabrico';

/** In the order in which sheets may refer to one another: a sheet stands after those it names. */
export const SHEETS: readonly SheetDefinition[] = [
  {
    entity: 'fases_catalogo',
    sheet: 'Fases',
    key: ['fase_id'],
    columns: [
      { header: 'Fase_Id', column: 'fase_id', type: 'id' },
      { header: 'Fase_Nome', column: 'fase_nome', type: 'text' },
      { header: 'Fase_Sequencia', column: 'fase_sequencia', type: 'integer' },
      { header: 'Fase_DeProducao', column: 'fase_de_producao', type: 'integer', aliases: ['Fase_Producao'] },
      { header: 'Fase_Automatica', column: 'fase_automatica', type: 'integer' },
    ],
  },
  {
    entity: 'modelos',
    sheet: 'Modelos',
    key: ['produto_id'],
    columns: [
      { header: 'Produto_Id', column: 'produto_id', type: 'id' },
      { header: 'Produto_Nome', column: 'produto_nome', type: 'text' },
      { header: 'Produto_PesoDesmolde', column: 'produto_peso_desmolde', type: 'number' },
      { header: 'Produto_PesoAcabamento', column: 'produto_peso_acabamento', type: 'number' },
      { header: 'Produto_QtdGelDeck', column: 'produto_qtd_gel_deck', type: 'number' },
      { header: 'Produto_QtdGelCasco', column: 'produto_qtd_gel_casco', type: 'number' },
    ],
  },
  {
    entity: 'funcionarios',
    sheet: 'Funcionarios',
    key: ['funcionario_id'],
    columns: [
      { header: 'Funcionario_Id', column: 'funcionario_id', type: 'id' },
      { header: 'Funcionario_Nome', column: 'funcionario_nome', type: 'text' },
      { header: 'Funcionario_Activo', column: 'funcionario_activo', type: 'integer' },
    ],
  },
  {
    entity: 'funcionarios_fases_aptos',
    sheet: 'FuncionariosFasesAptos',
    key: ['funcionario_id', 'fase_id'],
    columns: [
      { header: 'FuncionarioFase_FuncionarioId', column: 'funcionario_id', type: 'id' },
      { header: 'FuncionarioFase_FaseId', column: 'fase_id', type: 'id' },
      { header: 'FuncionarioFase_Inicio', column: 'data_criacao', type: 'date' },
    ],
  },
  {
    entity: 'fases_standard_modelos',
    sheet: 'FasesStandardModelos',
    key: ['produto_id', 'fase_id', 'sequencia'],
    columns: [
      { header: 'ProdutoFase_ProdutoId', column: 'produto_id', type: 'id' },
      { header: 'ProdutoFase_FaseId', column: 'fase_id', type: 'id' },
      { header: 'ProdutoFase_Sequencia', column: 'sequencia', type: 'integer' },
      { header: 'ProdutoFase_Coeficiente', column: 'coeficiente', type: 'number' },
      { header: 'ProdutoFase_CoeficienteX', column: 'coeficiente_x', type: 'number' },
    ],
  },
  {
    entity: 'ordens_fabrico',
    sheet: 'OrdensFabrico',
    key: ['of_id'],
    // Finished before created is kept: the order exists, only its lead time is unknown.
    interval: { from: 'of_data_criacao', to: 'of_data_acabamento', reject: false },
    columns: [
      { header: 'Of_Id', column: 'of_id', type: 'id' },
      { header: 'Of_DataCriacao', column: 'of_data_criacao', type: 'date', required: true, event: true },
      { header: 'Of_DataAcabamento', column: 'of_data_acabamento', type: 'date', event: true },
      { header: 'Of_ProdutoId', column: 'of_produto_id', type: 'id' },
      { header: 'Of_FaseId', column: 'of_fase_id', type: 'id' },
      { header: 'Of_DataTransporte', column: 'of_data_transporte', type: 'date' },
    ],
  },
  {
    entity: 'fases_ordem_fabrico',
    sheet: 'FasesOrdemFabrico',
    key: ['faseof_id'],
    interval: { from: 'faseof_inicio', to: 'faseof_fim', reject: true },
    columns: [
      { header: 'FaseOf_Id', column: 'faseof_id', type: 'id' },
      { header: 'FaseOf_OfId', column: 'faseof_of_id', type: 'id' },
      { header: 'FaseOf_Inicio', column: 'faseof_inicio', type: 'date', event: true },
      { header: 'FaseOf_Fim', column: 'faseof_fim', type: 'date', event: true },
      { header: 'FaseOf_DataPrevista', column: 'faseof_data_prevista', type: 'date' },
      { header: 'FaseOf_Coeficiente', column: 'faseof_coeficiente', type: 'number' },
      { header: 'FaseOf_CoeficienteX', column: 'faseof_coeficiente_x', type: 'number' },
      { header: 'FaseOf_FaseId', column: 'faseof_fase_id', type: 'id' },
      { header: 'FaseOf_Peso', column: 'faseof_peso', type: 'number' },
      { header: 'FaseOf_Retorno', column: 'faseof_retorno', type: 'integer' },
      { header: 'FaseOf_Turno', column: 'faseof_turno', type: 'integer' },
      { header: 'FaseOf_Sequencia', column: 'faseof_sequencia', type: 'integer' },
    ],
  },
  {
    entity: 'funcionarios_fase_ordem_fabrico',
    sheet: 'FuncionariosFaseOrdemFabrico',
    key: ['funcionariofaseof_id', 'funcionario_id'],
    columns: [
      { header: 'FuncionarioFaseOf_FaseOfId', column: 'funcionariofaseof_id', type: 'id' },
      { header: 'FuncionarioFaseOf_FuncionarioId', column: 'funcionario_id', type: 'id' },
      { header: 'FuncionarioFaseOf_Chefe', column: 'chefe', type: 'integer' },
    ],
  },
  {
    entity: 'erros_ordem_fabrico',
    sheet: 'OrdemFabricoErros',
    key: [],
    columns: [
      { header: 'Erro_Descricao', column: 'ofch_descricao_erro', type: 'text', required: true },
      { header: 'Erro_OfId', column: 'ofch_of_id', type: 'id', aliases: ['OFCH_OF_ID'] },
      { header: 'Erro_FaseAvaliacao', column: 'ofch_fase_avaliacao', type: 'id' },
      { header: 'OFCH_GRAVIDADE', column: 'ofch_gravidade', type: 'severity', aliases: ['Erro_Gravidade'] },
      { header: 'Erro_FaseOfAvaliacao', column: 'ofch_faseof_avaliacao', type: 'id' },
      { header: 'Erro_FaseOfCulpada', column: 'ofch_faseof_culpada', type: 'id' },
    ],
  },
];

/** The definition of an entity's sheet. */
export function sheetOf(entity: Entity): SheetDefinition {
  const found = SHEETS.find((sheet) => sheet.entity === entity);
  if (!found) throw new RangeError(`no sheet holds ${entity}`);
  return found;
}

/** Version of these definitions and of how cells are read: a change makes every workbook new to the loader. */
export const MAPPING_VERSION = 1;
