-- Brings back what begin_bulk_load took, $1 as it answered.
SELECT core.finish_bulk_load($1::text[])
