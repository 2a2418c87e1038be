-- Whether the errors were ever stored (there is a row for each of core's). No parameters.
SELECT EXISTS (SELECT FROM analytics.quality_errors) OR NOT EXISTS (SELECT FROM core.erros_ordem_fabrico) AS stored
