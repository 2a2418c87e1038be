-- Makes room for them anew.
DELETE FROM analytics.worker_phase
