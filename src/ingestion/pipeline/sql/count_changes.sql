-- Identifiers: changes
SELECT count(*) FILTER (WHERE action = 'I') AS to_insert,
  count(*) FILTER (WHERE action = 'U') AS to_update,
  count(*) FILTER (WHERE action = 'N') AS unchanged
FROM {{changes}}
