-- Which tables of $1 are there in core.
SELECT table_name
FROM information_schema.tables
WHERE table_schema = 'core' AND table_name = ANY($1)
