-- Writes contributions to an aggregate's delta or, from nothing, to the aggregate itself: in the order of its key, which
-- halves the time that its index takes.
-- Identifiers: target, columns, contributions (a read_*.sql), keys
-- $1 factory time zone, $2 1 to add, -1 to take away
INSERT INTO {{target}} ({{columns}})
{{contributions}}
ORDER BY {{keys}}
