-- Marks findings of any run that say 'phase unknown' and whose phases are all there now, as of run $1.
UPDATE ops.data_quality_issues AS issue
SET resolved_run_id = $1
WHERE issue.code = 'ORPHAN_PHASE' AND issue.resolved_run_id IS NULL
  AND CASE issue.entity
    WHEN 'funcionarios_fase_ordem_fabrico' THEN split_part(issue.row_key, '/', 1)::bigint IN (
      SELECT faseof_id FROM core.fases_ordem_fabrico
    )
    ELSE issue.row_key IN (
      SELECT erro.ofch_id::text
      FROM core.erros_ordem_fabrico AS erro
      LEFT JOIN core.fases_ordem_fabrico AS avaliacao ON avaliacao.faseof_id = erro.ofch_faseof_avaliacao
      LEFT JOIN core.fases_ordem_fabrico AS culpada ON culpada.faseof_id = erro.ofch_faseof_culpada
      WHERE (erro.ofch_faseof_avaliacao IS NULL OR avaliacao.faseof_id IS NOT NULL)
        AND (erro.ofch_faseof_culpada IS NULL OR culpada.faseof_id IS NOT NULL)
    )
  END
