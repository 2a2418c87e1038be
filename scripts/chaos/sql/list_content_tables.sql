-- Tables whose rows follow from the published workbook alone, partitioned ones once: not what depends on earlier loads
-- (history), nor what jobs bring up to date later, nor what only says which run wrote what.
SELECT format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname IN ('core', 'analytics')
   AND c.relkind IN ('r', 'p')
   AND NOT c.relispartition
   AND c.relname NOT LIKE '%\_history'
   AND c.relname NOT IN ('derivation_state', 'view_refreshes', 'eta_backtest', 'kpi_snapshots',
     'order_span', 'phase_period', 'risk_month', 'worker_phase', 'reading_state', 'whatif_model')
 ORDER BY 1;
