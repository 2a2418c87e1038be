-- Records that view $1 shows what run $2 made of its inputs, since $3.
INSERT INTO analytics.view_refreshes AS known (view_name, changed_run_id, refreshed_at)
VALUES ($1, $2, $3)
ON CONFLICT (view_name) DO UPDATE SET changed_run_id = excluded.changed_run_id, refreshed_at = excluded.refreshed_at
