-- Durations below zero in what is kept of loads, one row each.
SELECT format('run %s: %s takes %s s', run_id, what, seconds) AS fault
  FROM (SELECT run_id, 'the load' AS what, (report ->> 'seconds')::float8 AS seconds
          FROM ops.ingestion_runs
        UNION ALL
        SELECT run_id, name, seconds
          FROM ops.ingestion_steps
        UNION ALL
        SELECT run_id, sheet, seconds
          FROM ops.ingestion_sheet_runs) measured
 WHERE seconds < 0;
