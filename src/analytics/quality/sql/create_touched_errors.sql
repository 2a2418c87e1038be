-- The errors whose stored row a load may change. No parameters.
CREATE TEMP TABLE touched_errors (ofch_id uuid, ofch_of_id bigint) ON COMMIT DROP
