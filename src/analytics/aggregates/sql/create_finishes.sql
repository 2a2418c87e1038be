-- What touched orders say before and after the merge about the KPIs of the days they were finished.
CREATE TEMP TABLE scope_finishes (
  of_id bigint, day date, due_day date, lead_time_seconds bigint, sign integer
) ON COMMIT DROP
