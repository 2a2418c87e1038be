-- A new sweep, unless the same one waits, runs or is done; no row then.
-- $1 its hash  $2 the request  $3 data version  $4 engine version  $5 how many points  $6 now
INSERT INTO ops.whatif_sweeps (sweep_hash, status, request, data_version, engine_version, points, created_at)
VALUES ($1, 'QUEUED', $2, $3, $4, $5, $6)
ON CONFLICT (sweep_hash) WHERE status IN ('QUEUED', 'RUNNING', 'COMPLETED') DO NOTHING
RETURNING sweep_id
