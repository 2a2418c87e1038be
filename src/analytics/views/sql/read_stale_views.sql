-- Of the views named ($1), those whose inputs have moved since they were refreshed, and by which run.
SELECT wanted.view_name, state.changed_run_id
FROM unnest($1::text[]) AS wanted (view_name)
JOIN analytics.derivation_state AS state ON state.name = 'aggregates'
LEFT JOIN analytics.view_refreshes AS refreshed ON refreshed.view_name = wanted.view_name
WHERE refreshed.changed_run_id IS DISTINCT FROM state.changed_run_id
ORDER BY wanted.view_name
