-- How the tables of derivation $1 were computed.
SELECT signature FROM analytics.derivation_state WHERE name = $1
