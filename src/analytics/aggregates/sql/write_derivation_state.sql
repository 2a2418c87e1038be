-- Records how the tables of derivation $1 were computed ($2), for which run ($3), and whether that moved them ($4).
INSERT INTO analytics.derivation_state AS state (name, signature, run_id, changed_run_id)
VALUES ($1, $2, $3, $3)
ON CONFLICT (name) DO UPDATE
SET signature = excluded.signature, run_id = excluded.run_id,
  changed_run_id = CASE WHEN $4::boolean THEN excluded.run_id ELSE state.changed_run_id END
