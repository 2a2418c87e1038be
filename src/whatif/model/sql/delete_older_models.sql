-- Forgets the models of data that were replaced.
-- $1 the published version
DELETE FROM analytics.whatif_model WHERE version < $1
