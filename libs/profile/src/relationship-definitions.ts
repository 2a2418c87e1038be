/** One end of a relationship, by the names of the sheet definitions. */
export interface ColumnName {
  readonly sheet: string;
  readonly column: string;
}

export interface RelationshipDefinition {
  readonly name: string;
  readonly from: ColumnName;
  readonly to: ColumnName;
  /** What the rate of matches decides: below `threshold` the functions built on it are off, or degraded. */
  readonly gate?: { readonly threshold: number; readonly below: 'off' | 'degraded' };
}

const at = (sheet: string, column: string): ColumnName => ({ sheet, column });
const ORDER = at('OrdensFabrico', 'Of_Id');
const ORDER_PHASE = at('FasesOrdemFabrico', 'FaseOf_Id');
const PHASE = at('Fases', 'Fase_Id');
const PRODUCT = at('Modelos', 'Produto_Id');
const WORKER = at('Funcionarios', 'Funcionario_Id');

/** All relationships of the specification; the two with a gate bear the names of their gates. */
export const RELATIONSHIPS: readonly RelationshipDefinition[] = [
  {
    name: 'produto_join',
    from: at('OrdensFabrico', 'Of_ProdutoId'),
    to: PRODUCT,
    gate: { threshold: 0.95, below: 'degraded' },
  },
  { name: 'order_current_phase', from: at('OrdensFabrico', 'Of_FaseId'), to: PHASE },
  { name: 'phase_order', from: at('FasesOrdemFabrico', 'FaseOf_OfId'), to: ORDER },
  { name: 'phase_type', from: at('FasesOrdemFabrico', 'FaseOf_FaseId'), to: PHASE },
  {
    name: 'employee_productivity',
    from: at('FuncionariosFaseOrdemFabrico', 'FuncionarioFaseOf_FaseOfId'),
    to: ORDER_PHASE,
    gate: { threshold: 0.9, below: 'off' },
  },
  {
    name: 'assignment_worker',
    from: at('FuncionariosFaseOrdemFabrico', 'FuncionarioFaseOf_FuncionarioId'),
    to: WORKER,
  },
  { name: 'error_order', from: at('OrdemFabricoErros', 'Erro_OfId'), to: ORDER },
  { name: 'error_evaluation_phase_type', from: at('OrdemFabricoErros', 'Erro_FaseAvaliacao'), to: PHASE },
  { name: 'error_evaluation_phase', from: at('OrdemFabricoErros', 'Erro_FaseOfAvaliacao'), to: ORDER_PHASE },
  { name: 'error_culprit_phase', from: at('OrdemFabricoErros', 'Erro_FaseOfCulpada'), to: ORDER_PHASE },
  { name: 'aptitude_worker', from: at('FuncionariosFasesAptos', 'FuncionarioFase_FuncionarioId'), to: WORKER },
  { name: 'aptitude_phase_type', from: at('FuncionariosFasesAptos', 'FuncionarioFase_FaseId'), to: PHASE },
  { name: 'route_product', from: at('FasesStandardModelos', 'ProdutoFase_ProdutoId'), to: PRODUCT },
  { name: 'route_phase_type', from: at('FasesStandardModelos', 'ProdutoFase_FaseId'), to: PHASE },
];

const KEY_COLUMNS: ReadonlySet<string> = new Set(
  RELATIONSHIPS.flatMap(({ from, to }) => [from, to]).map(({ sheet, column }) => JSON.stringify([sheet, column])),
);

/** Whether a column takes part in a relationship, so that its profile must keep every value. */
export function isKeyColumn(sheet: string, column: string): boolean {
  return KEY_COLUMNS.has(JSON.stringify([sheet, column]));
}
