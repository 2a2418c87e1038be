-- Keeps the steps of run $1 in order: $2 names, $3 rows in, $4 rows out, $5 rows rejected, $6 seconds (arrays).
INSERT INTO ops.ingestion_steps (run_id, position, name, rows_in, rows_out, rows_rejected, seconds)
SELECT $1::bigint, step.position, step.name, step.rows_in, step.rows_out, step.rows_rejected, step.seconds
FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::float8[])
  WITH ORDINALITY AS step (name, rows_in, rows_out, rows_rejected, seconds, position)
