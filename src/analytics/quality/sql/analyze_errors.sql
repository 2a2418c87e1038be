-- Statistics of what the stored errors are found by, for the statements that follow. No parameters.
ANALYZE analytics.quality_errors (event_time, of_id, fase_culpada_id)
