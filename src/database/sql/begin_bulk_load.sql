-- Takes the indexes, and where $2 the foreign keys, off the empty table $1; answers the statements that bring them back.
SELECT core.begin_bulk_load($1::regclass, $2::boolean) AS definitions
