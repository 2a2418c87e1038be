-- Runs that began before another one that had begun earlier was over, one row a pair.
SELECT format('runs %s and %s at once', a.run_id, b.run_id) AS fault
  FROM ops.ingestion_runs a
  JOIN ops.ingestion_runs b ON b.run_id > a.run_id
 WHERE b.started_at < coalesce(a.finished_at, 'infinity')
   AND a.started_at IS NOT NULL;
