-- Empties staging before a load. No parameters.
TRUNCATE
  staging.fases_catalogo_raw,
  staging.modelos_raw,
  staging.funcionarios_raw,
  staging.funcionarios_fases_aptos_raw,
  staging.fases_standard_modelos_raw,
  staging.ordens_fabrico_raw,
  staging.fases_ordem_fabrico_raw,
  staging.funcionarios_fase_ordem_fabrico_raw,
  staging.erros_ordem_fabrico_raw,
  staging.cell_issues_raw
