import type { SheetName } from './sample-options';

/** The nine sheets in workbook order, with the headers of the factory's export. Continuation sheets carry them too. */
export const SHEET_HEADERS: Readonly<Record<SheetName, readonly string[]>> = {
  OrdensFabrico: ['Of_Id', 'Of_DataCriacao', 'Of_DataAcabamento', 'Of_ProdutoId', 'Of_FaseId', 'Of_DataTransporte'],
  FasesOrdemFabrico: [
    'FaseOf_Id',
    'FaseOf_OfId',
    'FaseOf_Inicio',
    'FaseOf_Fim',
    'FaseOf_DataPrevista',
    'FaseOf_Coeficiente',
    'FaseOf_CoeficienteX',
    'FaseOf_FaseId',
    'FaseOf_Peso',
    'FaseOf_Retorno',
    'FaseOf_Turno',
    'FaseOf_Sequencia',
  ],
  FuncionariosFaseOrdemFabrico: [
    'FuncionarioFaseOf_FaseOfId',
    'FuncionarioFaseOf_FuncionarioId',
    'FuncionarioFaseOf_Chefe',
  ],
  OrdemFabricoErros: [
    'Erro_Descricao',
    'Erro_OfId',
    'Erro_FaseAvaliacao',
    'OFCH_GRAVIDADE',
    'Erro_FaseOfAvaliacao',
    'Erro_FaseOfCulpada',
  ],
  Funcionarios: ['Funcionario_Id', 'Funcionario_Nome', 'Funcionario_Activo'],
  FuncionariosFasesAptos: ['FuncionarioFase_FuncionarioId', 'FuncionarioFase_FaseId', 'FuncionarioFase_Inicio'],
  Fases: ['Fase_Id', 'Fase_Nome', 'Fase_Sequencia', 'Fase_DeProducao', 'Fase_Automatica'],
  Modelos: [
    'Produto_Id',
    'Produto_Nome',
    'Produto_PesoDesmolde',
    'Produto_PesoAcabamento',
    'Produto_QtdGelDeck',
    'Produto_QtdGelCasco',
  ],
  FasesStandardModelos: [
    'ProdutoFase_ProdutoId',
    'ProdutoFase_FaseId',
    'ProdutoFase_Sequencia',
    'ProdutoFase_Coeficiente',
    'ProdutoFase_CoeficienteX',
  ],
};
