-- From when to when the runs $1 ran, in ms since 1970; those that were cancelled while they waited never did.
SELECT extract(epoch FROM started_at)::float8 * 1000 AS began,
       extract(epoch FROM finished_at)::float8 * 1000 AS ended
  FROM ops.ingestion_runs
 WHERE run_id = ANY ($1::bigint[])
   AND started_at IS NOT NULL;
