-- Records orphans of core that the findings of run $1 do not name: a load records all of them, with where they stood in
-- the workbook, so these were written past it and stand at row 0.
INSERT INTO ops.data_quality_issues
  (run_id, entity, code, sheet, src_sheet, src_row, column_name, row_key, detail)
SELECT $1, orphan.entity, 'ORPHAN_PHASE', orphan.sheet, 0, 0, orphan.column_name, orphan.row_key,
  'found in core by reconciliation'
FROM (
  SELECT 'funcionarios_fase_ordem_fabrico' AS entity, 'FuncionariosFaseOrdemFabrico' AS sheet,
    'FuncionarioFaseOf_FaseOfId' AS column_name,
    assigned.funcionariofaseof_id || '/' || assigned.funcionario_id AS row_key
  FROM core.funcionarios_fase_ordem_fabrico AS assigned
  WHERE NOT EXISTS (
    SELECT FROM core.fases_ordem_fabrico AS fase WHERE fase.faseof_id = assigned.funcionariofaseof_id
  )
  UNION ALL
  SELECT 'erros_ordem_fabrico', 'OrdemFabricoErros',
    CASE WHEN erro.ofch_faseof_avaliacao IS NOT NULL AND avaliacao.faseof_id IS NULL
      THEN 'Erro_FaseOfAvaliacao' ELSE 'Erro_FaseOfCulpada' END,
    erro.ofch_id::text
  FROM core.erros_ordem_fabrico AS erro
  LEFT JOIN core.fases_ordem_fabrico AS avaliacao ON avaliacao.faseof_id = erro.ofch_faseof_avaliacao
  LEFT JOIN core.fases_ordem_fabrico AS culpada ON culpada.faseof_id = erro.ofch_faseof_culpada
  WHERE (erro.ofch_faseof_avaliacao IS NOT NULL AND avaliacao.faseof_id IS NULL)
    OR (erro.ofch_faseof_culpada IS NOT NULL AND culpada.faseof_id IS NULL)
) AS orphan
WHERE NOT EXISTS (
  SELECT FROM ops.data_quality_issues AS known
  WHERE known.run_id = $1 AND known.code = 'ORPHAN_PHASE' AND known.entity = orphan.entity
    AND known.row_key = orphan.row_key
)
