-- The schema as the migrations leave it, read from the catalogs. Written by: npm run schema:dump
-- Monthly partitions are left out: they come with the data. The one row of ops.ops_cache_version is left out: data.

-- Schemas

CREATE SCHEMA analytics;
CREATE SCHEMA core;
CREATE SCHEMA ops;
CREATE SCHEMA staging;

-- Tables

CREATE TABLE analytics.agg_order_stats_daily (
  day date NOT NULL,
  produto_id bigint,
  created integer NOT NULL,
  finished integer NOT NULL,
  finished_with_due integer NOT NULL,
  finished_on_time integer NOT NULL,
  lead_time_orders integer NOT NULL,
  lead_time_seconds bigint NOT NULL
);

CREATE TABLE analytics.agg_phase_stats_daily (
  day date NOT NULL,
  fase_id bigint NOT NULL,
  produto_id bigint,
  executions integer NOT NULL,
  timed_executions integer NOT NULL,
  duration_seconds bigint NOT NULL,
  returns integer NOT NULL
);

CREATE TABLE analytics.agg_quality_daily (
  day date NOT NULL,
  produto_id bigint,
  fase_avaliacao_id bigint,
  fase_culpada_id bigint,
  gravidade integer NOT NULL,
  errors integer NOT NULL
);

CREATE TABLE analytics.agg_wip_current (
  fase_id bigint NOT NULL,
  produto_id bigint,
  wip_count integer NOT NULL,
  wip_orders integer NOT NULL,
  wip_age_seconds bigint NOT NULL,
  oldest_inicio timestamp with time zone,
  dormant_count integer NOT NULL
);

CREATE TABLE analytics.derivation_state (
  name text NOT NULL,
  signature text NOT NULL,
  run_id bigint NOT NULL,
  changed_run_id bigint NOT NULL
);

CREATE TABLE analytics.eta_backtest (
  moment timestamp with time zone NOT NULL,
  version bigint NOT NULL,
  as_of timestamp with time zone NOT NULL,
  active integer NOT NULL,
  finished integer NOT NULL,
  absolute_error_seconds double precision NOT NULL,
  signed_error_seconds double precision NOT NULL,
  naive_absolute_error_seconds double precision NOT NULL,
  naive_signed_error_seconds double precision NOT NULL,
  covered integer NOT NULL,
  missed_unfinished integer NOT NULL,
  left_out integer NOT NULL,
  not_forecast integer NOT NULL
);

CREATE TABLE analytics.kpi_default_window (
  figure text NOT NULL,
  window_from timestamp with time zone NOT NULL,
  window_to timestamp with time zone NOT NULL,
  figures json NOT NULL
);

CREATE TABLE analytics.kpi_snapshots (
  day date NOT NULL,
  orders_finished integer NOT NULL,
  orders_with_due integer NOT NULL,
  orders_on_time integer NOT NULL,
  otd_pct double precision,
  throughput_day double precision NOT NULL,
  lead_time_h double precision,
  avg_cycle_time_hours double precision
);

CREATE TABLE analytics.open_orders (
  of_id bigint NOT NULL,
  produto_id bigint,
  last_event_at timestamp with time zone NOT NULL,
  fase_id bigint,
  mass_kg double precision,
  low_confidence boolean NOT NULL,
  fase_atual_id bigint,
  due timestamp with time zone
);

CREATE TABLE analytics.open_phases (
  faseof_id bigint NOT NULL,
  of_id bigint NOT NULL,
  produto_id bigint,
  fase_id bigint NOT NULL,
  inicio timestamp with time zone NOT NULL,
  last_event_at timestamp with time zone NOT NULL
);

CREATE TABLE analytics.order_forecast (
  of_id bigint NOT NULL,
  eta_p50 timestamp with time zone NOT NULL,
  eta_p80 timestamp with time zone NOT NULL,
  back_off text NOT NULL,
  cases double precision NOT NULL,
  p_late double precision,
  days_late integer,
  delay_seconds bigint,
  late_start_seconds bigint,
  waiting_seconds bigint,
  waiting_fase_id bigint,
  rework_seconds bigint,
  slow_phase_seconds bigint,
  slow_phase_fase_id bigint,
  rest_seconds bigint,
  method text DEFAULT 'comparable_orders'::text NOT NULL,
  method_reason text DEFAULT 'No trained model of remaining times has beaten it yet.'::text NOT NULL
);

CREATE TABLE analytics.order_span (
  of_id bigint NOT NULL,
  first_event timestamp with time zone NOT NULL,
  last_event timestamp with time zone NOT NULL
);

CREATE TABLE analytics.phase_active_period (
  fase_id bigint NOT NULL,
  rank integer NOT NULL,
  window_from timestamp with time zone NOT NULL,
  window_to timestamp with time zone NOT NULL,
  executions integer NOT NULL,
  active_share double precision NOT NULL,
  sole_share double precision NOT NULL,
  shifting_share double precision NOT NULL
);

CREATE TABLE analytics.phase_bottleneck (
  fase_id bigint NOT NULL,
  rank integer NOT NULL,
  score double precision NOT NULL,
  wip_age_part double precision NOT NULL,
  load_part double precision NOT NULL,
  queue_age_part double precision NOT NULL,
  usual_wip_age_p90_seconds double precision,
  usual_load double precision,
  usual_queue_age_p90_seconds double precision,
  severity text NOT NULL,
  why text NOT NULL,
  score_before double precision,
  methods_disagree boolean NOT NULL
);

CREATE TABLE analytics.phase_now (
  fase_id bigint NOT NULL,
  as_of timestamp with time zone NOT NULL,
  wip_count integer NOT NULL,
  wip_age_p50_seconds double precision,
  wip_age_p90_seconds double precision,
  wip_age_avg_seconds double precision,
  oldest_inicio timestamp with time zone,
  queue_size integer NOT NULL,
  queue_age_p50_seconds double precision,
  queue_age_p90_seconds double precision,
  queue_age_avg_seconds double precision
);

CREATE TABLE analytics.phase_period (
  unit text NOT NULL,
  begins date NOT NULL,
  phases bytea NOT NULL,
  durations text NOT NULL
);

CREATE TABLE analytics.phase_usual (
  fase_id bigint NOT NULL,
  produto_id bigint,
  executions bigint NOT NULL,
  median_seconds double precision NOT NULL
);

CREATE TABLE analytics.quality_errors (
  ofch_id uuid NOT NULL,
  of_id bigint NOT NULL,
  event_time timestamp with time zone NOT NULL,
  month date NOT NULL,
  produto_id bigint,
  fase_avaliacao_id bigint,
  fase_culpada_id bigint,
  gravidade integer NOT NULL,
  descricao text NOT NULL,
  of_data_criacao timestamp with time zone NOT NULL
);

CREATE TABLE analytics.quality_groups (
  kind text NOT NULL,
  fase_avaliacao_id bigint,
  fase_culpada_id bigint,
  month date,
  descricao text,
  gravidade integer,
  errors bigint NOT NULL,
  gravidade_total bigint NOT NULL
);

CREATE TABLE analytics.quality_products (
  produto_id bigint NOT NULL,
  orders bigint NOT NULL,
  orders_with_errors bigint NOT NULL,
  errors bigint NOT NULL,
  gravidade_total bigint NOT NULL
);

CREATE TABLE analytics.quality_risk (
  produto_id bigint NOT NULL,
  fase_culpada_id bigint NOT NULL,
  orders bigint NOT NULL,
  orders_with_errors bigint NOT NULL,
  errors bigint NOT NULL,
  gravidade_total bigint NOT NULL,
  type_rate double precision NOT NULL,
  risk_score double precision NOT NULL
);

CREATE TABLE analytics.reading_state (
  id smallint DEFAULT 1 NOT NULL,
  version bigint NOT NULL
);

CREATE TABLE analytics.risk_month (
  month date NOT NULL,
  orders integer NOT NULL,
  products bytea NOT NULL,
  culprits bytea NOT NULL,
  pairs bytea NOT NULL
);

CREATE TABLE analytics.view_refreshes (
  view_name text NOT NULL,
  changed_run_id bigint NOT NULL,
  refreshed_at timestamp with time zone NOT NULL
);

CREATE TABLE analytics.whatif_model (
  data_version text NOT NULL,
  version bigint NOT NULL,
  as_of timestamp with time zone NOT NULL,
  model text NOT NULL,
  backtest text NOT NULL
);

CREATE TABLE analytics.worker_phase (
  ended_at timestamp with time zone NOT NULL,
  funcionario_id bigint NOT NULL,
  fase_id bigint NOT NULL,
  chefe integer,
  seconds bigint,
  team integer NOT NULL,
  errors integer NOT NULL
);

CREATE TABLE core.erros_ordem_fabrico (
  ofch_id uuid NOT NULL,
  ofch_descricao_erro text NOT NULL,
  ofch_of_id bigint NOT NULL,
  ofch_fase_avaliacao bigint,
  ofch_gravidade integer NOT NULL,
  ofch_faseof_avaliacao bigint,
  ofch_faseof_culpada bigint,
  ofch_event_time timestamp with time zone NOT NULL
) PARTITION BY HASH (ofch_of_id);

CREATE TABLE core.erros_ordem_fabrico_history (
  left_run_id bigint NOT NULL,
  left_at timestamp with time zone NOT NULL,
  left_reason text NOT NULL,
  ofch_id uuid NOT NULL,
  ofch_descricao_erro text NOT NULL,
  ofch_of_id bigint NOT NULL,
  ofch_fase_avaliacao bigint,
  ofch_gravidade integer NOT NULL,
  ofch_faseof_avaliacao bigint,
  ofch_faseof_culpada bigint,
  ofch_event_time timestamp with time zone NOT NULL
);

CREATE TABLE core.fases_catalogo (
  fase_id bigint NOT NULL,
  fase_nome text,
  fase_sequencia integer,
  fase_de_producao integer,
  fase_automatica integer
);

CREATE TABLE core.fases_catalogo_history (
  left_run_id bigint NOT NULL,
  left_at timestamp with time zone NOT NULL,
  left_reason text NOT NULL,
  fase_id bigint NOT NULL,
  fase_nome text,
  fase_sequencia integer,
  fase_de_producao integer,
  fase_automatica integer
);

CREATE TABLE core.fases_ordem_fabrico (
  faseof_id bigint NOT NULL,
  faseof_of_id bigint NOT NULL,
  faseof_inicio timestamp with time zone,
  faseof_fim timestamp with time zone,
  faseof_data_prevista timestamp with time zone,
  faseof_coeficiente double precision,
  faseof_coeficiente_x double precision,
  faseof_fase_id bigint NOT NULL,
  faseof_peso double precision,
  faseof_retorno integer,
  faseof_turno integer,
  faseof_sequencia integer,
  faseof_event_time timestamp with time zone NOT NULL,
  faseof_duration_seconds bigint,
  faseof_is_open boolean NOT NULL,
  faseof_is_done boolean NOT NULL
) PARTITION BY RANGE (faseof_event_time);

CREATE TABLE core.fases_ordem_fabrico_history (
  left_run_id bigint NOT NULL,
  left_at timestamp with time zone NOT NULL,
  left_reason text NOT NULL,
  faseof_id bigint NOT NULL,
  faseof_of_id bigint NOT NULL,
  faseof_inicio timestamp with time zone,
  faseof_fim timestamp with time zone,
  faseof_data_prevista timestamp with time zone,
  faseof_coeficiente double precision,
  faseof_coeficiente_x double precision,
  faseof_fase_id bigint NOT NULL,
  faseof_peso double precision,
  faseof_retorno integer,
  faseof_turno integer,
  faseof_sequencia integer,
  faseof_event_time timestamp with time zone NOT NULL,
  faseof_duration_seconds bigint,
  faseof_is_open boolean NOT NULL,
  faseof_is_done boolean NOT NULL
);

CREATE TABLE core.fases_standard_modelos (
  produto_id bigint NOT NULL,
  fase_id bigint NOT NULL,
  sequencia integer NOT NULL,
  coeficiente double precision,
  coeficiente_x double precision
);

CREATE TABLE core.fases_standard_modelos_history (
  left_run_id bigint NOT NULL,
  left_at timestamp with time zone NOT NULL,
  left_reason text NOT NULL,
  produto_id bigint NOT NULL,
  fase_id bigint NOT NULL,
  sequencia integer NOT NULL,
  coeficiente double precision,
  coeficiente_x double precision
);

CREATE TABLE core.funcionarios (
  funcionario_id bigint NOT NULL,
  funcionario_nome text,
  funcionario_activo integer
);

CREATE TABLE core.funcionarios_fase_ordem_fabrico (
  funcionariofaseof_id bigint NOT NULL,
  funcionario_id bigint NOT NULL,
  chefe integer
) PARTITION BY HASH (funcionariofaseof_id);

CREATE TABLE core.funcionarios_fase_ordem_fabrico_history (
  left_run_id bigint NOT NULL,
  left_at timestamp with time zone NOT NULL,
  left_reason text NOT NULL,
  funcionariofaseof_id bigint NOT NULL,
  funcionario_id bigint NOT NULL,
  chefe integer
);

CREATE TABLE core.funcionarios_fases_aptos (
  funcionario_id bigint NOT NULL,
  fase_id bigint NOT NULL,
  data_criacao timestamp with time zone
);

CREATE TABLE core.funcionarios_fases_aptos_history (
  left_run_id bigint NOT NULL,
  left_at timestamp with time zone NOT NULL,
  left_reason text NOT NULL,
  funcionario_id bigint NOT NULL,
  fase_id bigint NOT NULL,
  data_criacao timestamp with time zone
);

CREATE TABLE core.funcionarios_history (
  left_run_id bigint NOT NULL,
  left_at timestamp with time zone NOT NULL,
  left_reason text NOT NULL,
  funcionario_id bigint NOT NULL,
  funcionario_nome text,
  funcionario_activo integer
);

CREATE TABLE core.modelos (
  produto_id bigint NOT NULL,
  produto_nome text,
  produto_peso_desmolde double precision,
  produto_peso_acabamento double precision,
  produto_qtd_gel_deck double precision,
  produto_qtd_gel_casco double precision
);

CREATE TABLE core.modelos_history (
  left_run_id bigint NOT NULL,
  left_at timestamp with time zone NOT NULL,
  left_reason text NOT NULL,
  produto_id bigint NOT NULL,
  produto_nome text,
  produto_peso_desmolde double precision,
  produto_peso_acabamento double precision,
  produto_qtd_gel_deck double precision,
  produto_qtd_gel_casco double precision
);

CREATE TABLE core.ordens_estado (
  of_id bigint NOT NULL,
  of_data_criacao timestamp with time zone NOT NULL,
  fase_atual_id bigint,
  is_closed boolean NOT NULL,
  is_started boolean NOT NULL,
  open_phases integer NOT NULL,
  last_event_at timestamp with time zone NOT NULL
);

CREATE TABLE core.ordens_fabrico (
  of_id bigint NOT NULL,
  of_data_criacao timestamp with time zone NOT NULL,
  of_data_acabamento timestamp with time zone,
  of_produto_id bigint,
  of_fase_id bigint,
  of_data_transporte timestamp with time zone
);

CREATE TABLE core.ordens_fabrico_history (
  left_run_id bigint NOT NULL,
  left_at timestamp with time zone NOT NULL,
  left_reason text NOT NULL,
  of_id bigint NOT NULL,
  of_data_criacao timestamp with time zone NOT NULL,
  of_data_acabamento timestamp with time zone,
  of_produto_id bigint,
  of_fase_id bigint,
  of_data_transporte timestamp with time zone
);

CREATE TABLE ops.analytics_watermarks (
  name text NOT NULL,
  value timestamp with time zone,
  run_id bigint,
  updated_at timestamp with time zone NOT NULL
);

CREATE TABLE ops.api_keys (
  key_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  last_four text NOT NULL,
  key_hash bytea NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  superseded_at timestamp with time zone,
  revoked_at timestamp with time zone
);

CREATE TABLE ops.audit_log (
  audit_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  at timestamp with time zone NOT NULL,
  actor text NOT NULL,
  key_id bigint,
  scope text NOT NULL,
  action text NOT NULL,
  target text NOT NULL,
  ip text,
  correlation_id text,
  outcome text NOT NULL,
  status integer,
  duration_ms integer
);

CREATE TABLE ops.data_quality_issues (
  run_id bigint NOT NULL,
  entity text NOT NULL,
  code text NOT NULL,
  sheet text NOT NULL,
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  column_name text,
  row_key text,
  detail text,
  resolved_run_id bigint
) PARTITION BY LIST (run_id);

CREATE TABLE ops.database_identity (
  only_row boolean DEFAULT true NOT NULL,
  identity uuid NOT NULL
);

CREATE TABLE ops.ingestion_runs (
  run_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  status text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  workbook_name text NOT NULL,
  workbook_path text NOT NULL,
  workbook_bytes bigint,
  excel_sha256 text,
  per_sheet_sha256 jsonb,
  per_sheet_layout jsonb,
  per_sheet_cells jsonb,
  part_fingerprints jsonb,
  settings_hash text,
  sample boolean DEFAULT false NOT NULL,
  forced boolean DEFAULT false NOT NULL,
  allow_mass_absence text[] DEFAULT '{}'::text[] NOT NULL,
  correlation_id text,
  cancel_requested boolean DEFAULT false NOT NULL,
  rows_extracted bigint DEFAULT 0 NOT NULL,
  rows_loaded bigint DEFAULT 0 NOT NULL,
  rows_merged bigint DEFAULT 0 NOT NULL,
  rows_rejected bigint DEFAULT 0 NOT NULL,
  as_of timestamp with time zone,
  evidence_run_id bigint,
  evidence_dropped boolean DEFAULT false NOT NULL,
  error_code text,
  error_detail text,
  error_remedy text,
  progress json,
  report json
);

CREATE TABLE ops.ingestion_sheet_runs (
  run_id bigint NOT NULL,
  sheet text NOT NULL,
  sheet_sha256 text,
  extracted bigint NOT NULL,
  inserted bigint NOT NULL,
  updated bigint NOT NULL,
  unchanged bigint NOT NULL,
  duplicates bigint NOT NULL,
  quarantined bigint NOT NULL,
  absent bigint NOT NULL,
  withdrawn bigint NOT NULL,
  seconds double precision NOT NULL
);

CREATE TABLE ops.ingestion_steps (
  run_id bigint NOT NULL,
  "position" integer NOT NULL,
  name text NOT NULL,
  rows_in bigint NOT NULL,
  rows_out bigint NOT NULL,
  rows_rejected bigint NOT NULL,
  seconds double precision NOT NULL
);

CREATE TABLE ops.match_rates (
  run_id bigint NOT NULL,
  name text NOT NULL,
  matches bigint NOT NULL,
  total bigint NOT NULL,
  rate double precision,
  threshold double precision,
  status text NOT NULL
);

CREATE TABLE ops.model_registry (
  model_name text NOT NULL,
  version integer NOT NULL,
  training_id bigint,
  algorithm text NOT NULL,
  status text NOT NULL,
  reason text NOT NULL,
  sample boolean NOT NULL,
  data_cutoff timestamp with time zone NOT NULL,
  dataset_hash text NOT NULL,
  feature_schema text NOT NULL,
  metrics jsonb NOT NULL,
  card jsonb NOT NULL,
  artefact_path text NOT NULL,
  artefact_sha256 text NOT NULL,
  serving_problem text,
  created_at timestamp with time zone NOT NULL
);

CREATE TABLE ops.ops_cache_version (
  id smallint DEFAULT 1 NOT NULL,
  version bigint NOT NULL,
  run_id bigint,
  published_at timestamp with time zone
);

CREATE TABLE ops.rejects (
  run_id bigint NOT NULL,
  entity text NOT NULL,
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  sheet text NOT NULL,
  column_name text,
  cell text,
  reason_code text NOT NULL,
  reason text NOT NULL,
  raw_row jsonb NOT NULL
) PARTITION BY LIST (entity);

CREATE TABLE ops.slo_measurements (
  measured_at timestamp with time zone NOT NULL,
  version bigint NOT NULL,
  name text NOT NULL,
  target_ms double precision NOT NULL,
  p95_ms double precision NOT NULL,
  requests integer NOT NULL,
  failed integer NOT NULL
);

CREATE TABLE ops.training_runs (
  training_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  kind text NOT NULL,
  status text NOT NULL,
  progress double precision DEFAULT 0 NOT NULL,
  stage text,
  requested_at timestamp with time zone NOT NULL,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  detail text
);

CREATE TABLE ops.whatif_runs (
  whatif_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  scenario_hash text NOT NULL,
  kind text NOT NULL,
  request jsonb NOT NULL,
  data_version text NOT NULL,
  engine_version text NOT NULL,
  seed bigint NOT NULL,
  otd_pct double precision NOT NULL,
  lead_time_h double precision NOT NULL,
  delta_otd_pct double precision NOT NULL,
  delta_lead_time_h double precision NOT NULL,
  answer text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  compute_ms integer NOT NULL
);

CREATE TABLE ops.whatif_sweep_points (
  sweep_id bigint NOT NULL,
  point integer NOT NULL,
  label jsonb NOT NULL,
  request jsonb NOT NULL,
  figures jsonb
);

CREATE TABLE ops.whatif_sweeps (
  sweep_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  sweep_hash text NOT NULL,
  status text NOT NULL,
  request jsonb NOT NULL,
  data_version text NOT NULL,
  engine_version text NOT NULL,
  points integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone,
  error text
);

CREATE UNLOGGED TABLE staging.cell_issues_raw (
  entity text NOT NULL,
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  column_name text NOT NULL,
  cell text NOT NULL,
  code text NOT NULL,
  detail text
);

CREATE UNLOGGED TABLE staging.erros_ordem_fabrico_raw (
  ofch_id uuid,
  ofch_descricao_erro text,
  ofch_of_id bigint,
  ofch_fase_avaliacao bigint,
  ofch_gravidade integer,
  ofch_faseof_avaliacao bigint,
  ofch_faseof_culpada bigint,
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  is_duplicate boolean DEFAULT false NOT NULL,
  reject_code text,
  reject_column text,
  reject_reason text,
  raw jsonb
);

CREATE UNLOGGED TABLE staging.fases_catalogo_raw (
  fase_id bigint,
  fase_nome text,
  fase_sequencia integer,
  fase_de_producao integer,
  fase_automatica integer,
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  is_duplicate boolean DEFAULT false NOT NULL,
  reject_code text,
  reject_column text,
  reject_reason text,
  raw jsonb
);

CREATE UNLOGGED TABLE staging.fases_ordem_fabrico_raw (
  faseof_id bigint,
  faseof_of_id bigint,
  faseof_inicio timestamp with time zone,
  faseof_fim timestamp with time zone,
  faseof_data_prevista timestamp with time zone,
  faseof_coeficiente double precision,
  faseof_coeficiente_x double precision,
  faseof_fase_id bigint,
  faseof_peso double precision,
  faseof_retorno integer,
  faseof_turno integer,
  faseof_sequencia integer,
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  is_duplicate boolean DEFAULT false NOT NULL,
  reject_code text,
  reject_column text,
  reject_reason text,
  raw jsonb
);

CREATE UNLOGGED TABLE staging.fases_standard_modelos_raw (
  produto_id bigint,
  fase_id bigint,
  sequencia integer,
  coeficiente double precision,
  coeficiente_x double precision,
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  is_duplicate boolean DEFAULT false NOT NULL,
  reject_code text,
  reject_column text,
  reject_reason text,
  raw jsonb
);

CREATE UNLOGGED TABLE staging.funcionarios_fase_ordem_fabrico_raw (
  funcionariofaseof_id bigint,
  funcionario_id bigint,
  chefe integer,
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  is_duplicate boolean DEFAULT false NOT NULL,
  reject_code text,
  reject_column text,
  reject_reason text,
  raw jsonb
);

CREATE UNLOGGED TABLE staging.funcionarios_fases_aptos_raw (
  funcionario_id bigint,
  fase_id bigint,
  data_criacao timestamp with time zone,
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  is_duplicate boolean DEFAULT false NOT NULL,
  reject_code text,
  reject_column text,
  reject_reason text,
  raw jsonb
);

CREATE UNLOGGED TABLE staging.funcionarios_raw (
  funcionario_id bigint,
  funcionario_nome text,
  funcionario_activo integer,
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  is_duplicate boolean DEFAULT false NOT NULL,
  reject_code text,
  reject_column text,
  reject_reason text,
  raw jsonb
);

CREATE UNLOGGED TABLE staging.modelos_raw (
  produto_id bigint,
  produto_nome text,
  produto_peso_desmolde double precision,
  produto_peso_acabamento double precision,
  produto_qtd_gel_deck double precision,
  produto_qtd_gel_casco double precision,
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  is_duplicate boolean DEFAULT false NOT NULL,
  reject_code text,
  reject_column text,
  reject_reason text,
  raw jsonb
);

CREATE UNLOGGED TABLE staging.ordens_fabrico_raw (
  of_id bigint,
  of_data_criacao timestamp with time zone,
  of_data_acabamento timestamp with time zone,
  of_produto_id bigint,
  of_fase_id bigint,
  of_data_transporte timestamp with time zone,
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  is_duplicate boolean DEFAULT false NOT NULL,
  reject_code text,
  reject_column text,
  reject_reason text,
  raw jsonb
);

-- Keys and checks

ALTER TABLE analytics.agg_order_stats_daily ADD CONSTRAINT uq_agg_order_stats_daily UNIQUE NULLS NOT DISTINCT (day, produto_id);
ALTER TABLE analytics.agg_phase_stats_daily ADD CONSTRAINT uq_agg_phase_stats_daily UNIQUE NULLS NOT DISTINCT (day, fase_id, produto_id);
ALTER TABLE analytics.agg_quality_daily ADD CONSTRAINT uq_agg_quality_daily UNIQUE NULLS NOT DISTINCT (day, produto_id, fase_avaliacao_id, fase_culpada_id, gravidade);
ALTER TABLE analytics.agg_wip_current ADD CONSTRAINT uq_agg_wip_current UNIQUE NULLS NOT DISTINCT (fase_id, produto_id);
ALTER TABLE analytics.derivation_state ADD CONSTRAINT derivation_state_pkey PRIMARY KEY (name);
ALTER TABLE analytics.eta_backtest ADD CONSTRAINT eta_backtest_pkey PRIMARY KEY (moment);
ALTER TABLE analytics.kpi_default_window ADD CONSTRAINT kpi_default_window_pkey PRIMARY KEY (figure);
ALTER TABLE analytics.kpi_snapshots ADD CONSTRAINT kpi_snapshots_pkey PRIMARY KEY (day);
ALTER TABLE analytics.open_orders ADD CONSTRAINT open_orders_pkey PRIMARY KEY (of_id);
ALTER TABLE analytics.open_phases ADD CONSTRAINT open_phases_pkey PRIMARY KEY (faseof_id);
ALTER TABLE analytics.order_forecast ADD CONSTRAINT order_forecast_pkey PRIMARY KEY (of_id);
ALTER TABLE analytics.order_forecast ADD CONSTRAINT ck_order_forecast_split CHECK ((delay_seconds = ((((late_start_seconds + waiting_seconds) + rework_seconds) + slow_phase_seconds) + rest_seconds)));
ALTER TABLE analytics.order_forecast ADD CONSTRAINT order_forecast_method_check CHECK ((method = ANY (ARRAY['comparable_orders'::text, 'model'::text])));
ALTER TABLE analytics.order_span ADD CONSTRAINT order_span_pkey PRIMARY KEY (of_id);
ALTER TABLE analytics.phase_active_period ADD CONSTRAINT phase_active_period_pkey PRIMARY KEY (fase_id);
ALTER TABLE analytics.phase_active_period ADD CONSTRAINT phase_active_period_rank_key UNIQUE (rank);
ALTER TABLE analytics.phase_bottleneck ADD CONSTRAINT phase_bottleneck_pkey PRIMARY KEY (fase_id);
ALTER TABLE analytics.phase_bottleneck ADD CONSTRAINT phase_bottleneck_rank_key UNIQUE (rank);
ALTER TABLE analytics.phase_bottleneck ADD CONSTRAINT phase_bottleneck_severity_check CHECK ((severity = ANY (ARRAY['HIGH'::text, 'MEDIUM'::text, 'LOW'::text])));
ALTER TABLE analytics.phase_now ADD CONSTRAINT phase_now_pkey PRIMARY KEY (fase_id);
ALTER TABLE analytics.phase_period ADD CONSTRAINT phase_period_pkey PRIMARY KEY (unit, begins);
ALTER TABLE analytics.phase_period ADD CONSTRAINT phase_period_unit_check CHECK ((unit = ANY (ARRAY['day'::text, 'month'::text])));
ALTER TABLE analytics.phase_usual ADD CONSTRAINT uq_phase_usual UNIQUE NULLS NOT DISTINCT (fase_id, produto_id);
ALTER TABLE analytics.quality_groups ADD CONSTRAINT quality_groups_kind_check CHECK ((kind = ANY (ARRAY['pair'::text, 'month'::text, 'description'::text])));
ALTER TABLE analytics.quality_products ADD CONSTRAINT quality_products_pkey PRIMARY KEY (produto_id);
ALTER TABLE analytics.quality_risk ADD CONSTRAINT quality_risk_pkey PRIMARY KEY (produto_id, fase_culpada_id);
ALTER TABLE analytics.reading_state ADD CONSTRAINT reading_state_pkey PRIMARY KEY (id);
ALTER TABLE analytics.reading_state ADD CONSTRAINT reading_state_id_check CHECK ((id = 1));
ALTER TABLE analytics.risk_month ADD CONSTRAINT risk_month_pkey PRIMARY KEY (month);
ALTER TABLE analytics.view_refreshes ADD CONSTRAINT view_refreshes_pkey PRIMARY KEY (view_name);
ALTER TABLE analytics.whatif_model ADD CONSTRAINT whatif_model_pkey PRIMARY KEY (data_version);
ALTER TABLE core.erros_ordem_fabrico ADD CONSTRAINT pk_erros_ordem_fabrico PRIMARY KEY (ofch_id, ofch_of_id);
ALTER TABLE core.erros_ordem_fabrico ADD CONSTRAINT ck_ofch_gravidade CHECK ((ofch_gravidade = ANY (ARRAY[1, 2, 3])));
ALTER TABLE core.erros_ordem_fabrico_history ADD CONSTRAINT erros_ordem_fabrico_history_left_reason_check CHECK ((left_reason = ANY (ARRAY['absent'::text, 'quarantined'::text])));
ALTER TABLE core.fases_catalogo ADD CONSTRAINT fases_catalogo_pkey PRIMARY KEY (fase_id);
ALTER TABLE core.fases_catalogo_history ADD CONSTRAINT fases_catalogo_history_left_reason_check CHECK ((left_reason = ANY (ARRAY['absent'::text, 'quarantined'::text])));
ALTER TABLE core.fases_ordem_fabrico ADD CONSTRAINT pk_fases_ordem_fabrico PRIMARY KEY (faseof_id, faseof_event_time);
ALTER TABLE core.fases_ordem_fabrico_history ADD CONSTRAINT fases_ordem_fabrico_history_left_reason_check CHECK ((left_reason = ANY (ARRAY['absent'::text, 'quarantined'::text])));
ALTER TABLE core.fases_standard_modelos ADD CONSTRAINT fases_standard_modelos_pkey PRIMARY KEY (produto_id, fase_id, sequencia);
ALTER TABLE core.fases_standard_modelos_history ADD CONSTRAINT fases_standard_modelos_history_left_reason_check CHECK ((left_reason = ANY (ARRAY['absent'::text, 'quarantined'::text])));
ALTER TABLE core.funcionarios ADD CONSTRAINT funcionarios_pkey PRIMARY KEY (funcionario_id);
ALTER TABLE core.funcionarios_fase_ordem_fabrico ADD CONSTRAINT pk_funcionarios_fase_ordem_fabrico PRIMARY KEY (funcionariofaseof_id, funcionario_id);
ALTER TABLE core.funcionarios_fase_ordem_fabrico_history ADD CONSTRAINT funcionarios_fase_ordem_fabrico_history_left_reason_check CHECK ((left_reason = ANY (ARRAY['absent'::text, 'quarantined'::text])));
ALTER TABLE core.funcionarios_fases_aptos ADD CONSTRAINT funcionarios_fases_aptos_pkey PRIMARY KEY (funcionario_id, fase_id);
ALTER TABLE core.funcionarios_fases_aptos_history ADD CONSTRAINT funcionarios_fases_aptos_history_left_reason_check CHECK ((left_reason = ANY (ARRAY['absent'::text, 'quarantined'::text])));
ALTER TABLE core.funcionarios_history ADD CONSTRAINT funcionarios_history_left_reason_check CHECK ((left_reason = ANY (ARRAY['absent'::text, 'quarantined'::text])));
ALTER TABLE core.modelos ADD CONSTRAINT modelos_pkey PRIMARY KEY (produto_id);
ALTER TABLE core.modelos_history ADD CONSTRAINT modelos_history_left_reason_check CHECK ((left_reason = ANY (ARRAY['absent'::text, 'quarantined'::text])));
ALTER TABLE core.ordens_estado ADD CONSTRAINT ordens_estado_pkey PRIMARY KEY (of_id);
ALTER TABLE core.ordens_fabrico ADD CONSTRAINT ordens_fabrico_pkey PRIMARY KEY (of_id);
ALTER TABLE core.ordens_fabrico_history ADD CONSTRAINT ordens_fabrico_history_left_reason_check CHECK ((left_reason = ANY (ARRAY['absent'::text, 'quarantined'::text])));
ALTER TABLE ops.analytics_watermarks ADD CONSTRAINT analytics_watermarks_pkey PRIMARY KEY (name);
ALTER TABLE ops.api_keys ADD CONSTRAINT api_keys_pkey PRIMARY KEY (key_id);
ALTER TABLE ops.api_keys ADD CONSTRAINT uq_api_keys_hash UNIQUE (key_hash);
ALTER TABLE ops.api_keys ADD CONSTRAINT api_keys_key_hash_check CHECK ((octet_length(key_hash) = 32));
ALTER TABLE ops.api_keys ADD CONSTRAINT api_keys_last_four_check CHECK ((length(last_four) = 4));
ALTER TABLE ops.api_keys ADD CONSTRAINT api_keys_name_check CHECK ((name ~ '^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$'::text));
ALTER TABLE ops.api_keys ADD CONSTRAINT api_keys_scopes_check CHECK (((cardinality(scopes) > 0) AND (scopes <@ ARRAY['read'::text, 'ingest'::text, 'simulate'::text, 'train'::text, 'admin'::text])));
ALTER TABLE ops.audit_log ADD CONSTRAINT audit_log_pkey PRIMARY KEY (audit_id);
ALTER TABLE ops.audit_log ADD CONSTRAINT audit_log_outcome_check CHECK ((outcome = ANY (ARRAY['STARTED'::text, 'OK'::text, 'REFUSED'::text, 'FAILED'::text, 'ABORTED'::text, 'UNAUTHENTICATED'::text, 'FORBIDDEN'::text])));
ALTER TABLE ops.database_identity ADD CONSTRAINT database_identity_pkey PRIMARY KEY (only_row);
ALTER TABLE ops.database_identity ADD CONSTRAINT database_identity_only_row_check CHECK (only_row);
ALTER TABLE ops.ingestion_runs ADD CONSTRAINT ingestion_runs_pkey PRIMARY KEY (run_id);
ALTER TABLE ops.ingestion_runs ADD CONSTRAINT ingestion_runs_status_check CHECK ((status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'COMPLETED'::text, 'FAILED'::text, 'CANCELLED'::text, 'INTERRUPTED'::text])));
ALTER TABLE ops.ingestion_sheet_runs ADD CONSTRAINT ingestion_sheet_runs_pkey PRIMARY KEY (run_id, sheet);
ALTER TABLE ops.ingestion_steps ADD CONSTRAINT ingestion_steps_pkey PRIMARY KEY (run_id, "position");
ALTER TABLE ops.match_rates ADD CONSTRAINT match_rates_pkey PRIMARY KEY (run_id, name);
ALTER TABLE ops.model_registry ADD CONSTRAINT model_registry_pkey PRIMARY KEY (model_name, version);
ALTER TABLE ops.model_registry ADD CONSTRAINT model_registry_status_check CHECK ((status = ANY (ARRAY['CHAMPION'::text, 'RETIRED'::text, 'REJECTED'::text])));
ALTER TABLE ops.ops_cache_version ADD CONSTRAINT ops_cache_version_pkey PRIMARY KEY (id);
ALTER TABLE ops.ops_cache_version ADD CONSTRAINT ops_cache_version_id_check CHECK ((id = 1));
ALTER TABLE ops.rejects ADD CONSTRAINT rejects_pkey PRIMARY KEY (run_id, entity, src_sheet, src_row);
ALTER TABLE ops.slo_measurements ADD CONSTRAINT slo_measurements_pkey PRIMARY KEY (measured_at, name);
ALTER TABLE ops.training_runs ADD CONSTRAINT training_runs_pkey PRIMARY KEY (training_id);
ALTER TABLE ops.training_runs ADD CONSTRAINT training_runs_progress_check CHECK (((progress >= (0)::double precision) AND (progress <= (1)::double precision)));
ALTER TABLE ops.training_runs ADD CONSTRAINT training_runs_status_check CHECK ((status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'COMPLETED'::text, 'FAILED'::text, 'INTERRUPTED'::text])));
ALTER TABLE ops.whatif_runs ADD CONSTRAINT whatif_runs_pkey PRIMARY KEY (whatif_id);
ALTER TABLE ops.whatif_runs ADD CONSTRAINT whatif_runs_scenario_hash_key UNIQUE (scenario_hash);
ALTER TABLE ops.whatif_runs ADD CONSTRAINT whatif_runs_kind_check CHECK ((kind = ANY (ARRAY['simulate'::text, 'vip'::text, 'avaria'::text])));
ALTER TABLE ops.whatif_sweep_points ADD CONSTRAINT whatif_sweep_points_pkey PRIMARY KEY (sweep_id, point);
ALTER TABLE ops.whatif_sweeps ADD CONSTRAINT whatif_sweeps_pkey PRIMARY KEY (sweep_id);
ALTER TABLE ops.whatif_sweeps ADD CONSTRAINT whatif_sweeps_status_check CHECK ((status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'COMPLETED'::text, 'CANCELLED'::text, 'FAILED'::text])));

-- Materialized views

CREATE MATERIALIZED VIEW analytics.mv_order_leadtime_by_model AS
 SELECT ordem.of_produto_id AS produto_id,
    count(*) AS orders,
    count(ordem.of_data_acabamento) AS finished,
    percentile_cont((0.5)::double precision) WITHIN GROUP (ORDER BY ((EXTRACT(epoch FROM (ordem.of_data_acabamento - ordem.of_data_criacao)))::double precision)) FILTER (WHERE (ordem.of_data_acabamento >= ordem.of_data_criacao)) AS median_seconds,
    percentile_cont((0.9)::double precision) WITHIN GROUP (ORDER BY ((EXTRACT(epoch FROM (ordem.of_data_acabamento - ordem.of_data_criacao)))::double precision)) FILTER (WHERE (ordem.of_data_acabamento >= ordem.of_data_criacao)) AS p90_seconds
   FROM (core.ordens_fabrico ordem
     JOIN core.ordens_estado estado ON ((estado.of_id = ordem.of_id)))
  GROUP BY ordem.of_produto_id;

CREATE MATERIALIZED VIEW analytics.mv_phase_durations_by_model AS
 SELECT ordem.of_produto_id AS produto_id,
    fase.faseof_fase_id AS fase_id,
    count(*) AS executions,
    count(*) FILTER (WHERE (fase.faseof_duration_seconds > 0)) AS timed_executions,
    percentile_cont((0.5)::double precision) WITHIN GROUP (ORDER BY ((fase.faseof_duration_seconds)::double precision)) FILTER (WHERE (fase.faseof_duration_seconds > 0)) AS median_seconds,
    percentile_cont((0.9)::double precision) WITHIN GROUP (ORDER BY ((fase.faseof_duration_seconds)::double precision)) FILTER (WHERE (fase.faseof_duration_seconds > 0)) AS p90_seconds
   FROM (core.fases_ordem_fabrico fase
     JOIN core.ordens_fabrico ordem ON ((ordem.of_id = fase.faseof_of_id)))
  WHERE (fase.faseof_fim IS NOT NULL)
  GROUP BY ordem.of_produto_id, fase.faseof_fase_id;

CREATE MATERIALIZED VIEW analytics.mv_quality_by_phase AS
 SELECT daily.fase_avaliacao_id,
    daily.fase_culpada_id,
    sum(daily.errors) AS errors,
    COALESCE(sum(daily.errors) FILTER (WHERE (daily.gravidade = 1)), (0)::bigint) AS errors_gravidade_1,
    COALESCE(sum(daily.errors) FILTER (WHERE (daily.gravidade = 2)), (0)::bigint) AS errors_gravidade_2,
    COALESCE(sum(daily.errors) FILTER (WHERE (daily.gravidade = 3)), (0)::bigint) AS errors_gravidade_3
   FROM (analytics.agg_quality_daily daily
     LEFT JOIN core.fases_catalogo culpada ON ((culpada.fase_id = daily.fase_culpada_id)))
  GROUP BY daily.fase_avaliacao_id, daily.fase_culpada_id;

CREATE MATERIALIZED VIEW analytics.mv_wip_by_phase_current AS
 SELECT wip.fase_id,
    sum(wip.wip_count) AS wip_count,
    sum(wip.wip_age_seconds) AS wip_age_seconds,
    min(wip.oldest_inicio) AS oldest_inicio,
    sum(wip.dormant_count) AS dormant_count
   FROM (analytics.agg_wip_current wip
     JOIN core.fases_catalogo fase ON ((fase.fase_id = wip.fase_id)))
  GROUP BY wip.fase_id;

-- Indexes

CREATE INDEX idx_agg_order_stats_daily_empty ON analytics.agg_order_stats_daily USING btree (day) WHERE ((created = 0) AND (finished = 0));
CREATE INDEX idx_agg_phase_stats_daily_empty ON analytics.agg_phase_stats_daily USING btree (day) WHERE (executions = 0);
CREATE INDEX idx_agg_quality_daily_empty ON analytics.agg_quality_daily USING btree (day) WHERE (errors = 0);
CREATE INDEX idx_order_forecast_risk ON analytics.order_forecast USING btree (p_late DESC, days_late DESC, of_id) WHERE (days_late > 0);
CREATE INDEX idx_quality_errors_created ON analytics.quality_errors USING btree (of_data_criacao) INCLUDE (of_id, produto_id, fase_culpada_id, gravidade);
CREATE INDEX idx_quality_errors_of ON analytics.quality_errors USING btree (of_id);
CREATE INDEX idx_quality_errors_time ON analytics.quality_errors USING btree (event_time) INCLUDE (month, fase_avaliacao_id, fase_culpada_id, gravidade, descricao, produto_id);
CREATE INDEX idx_quality_risk_score ON analytics.quality_risk USING btree (risk_score DESC, produto_id, fase_culpada_id);
CREATE INDEX idx_worker_phase_ended ON analytics.worker_phase USING btree (ended_at);
CREATE UNIQUE INDEX uq_mv_order_leadtime_by_model ON analytics.mv_order_leadtime_by_model USING btree (produto_id) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX uq_mv_phase_durations_by_model ON analytics.mv_phase_durations_by_model USING btree (produto_id, fase_id) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX uq_mv_quality_by_phase ON analytics.mv_quality_by_phase USING btree (fase_avaliacao_id, fase_culpada_id) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX uq_mv_wip_by_phase_current ON analytics.mv_wip_by_phase_current USING btree (fase_id);
CREATE INDEX idx_erros_ordem_fabrico_history_run ON core.erros_ordem_fabrico_history USING btree (left_run_id);
CREATE INDEX idx_estado_fase_atual ON core.ordens_estado USING btree (fase_atual_id, of_data_criacao DESC, of_id DESC);
CREATE INDEX idx_faseof_faseid_event ON ONLY core.fases_ordem_fabrico USING btree (faseof_fase_id, faseof_event_time) INCLUDE (faseof_duration_seconds);
CREATE INDEX idx_faseof_ofid_event ON ONLY core.fases_ordem_fabrico USING btree (faseof_of_id, faseof_event_time);
CREATE INDEX idx_faseof_open_by_fase ON ONLY core.fases_ordem_fabrico USING btree (faseof_fase_id, faseof_of_id) WHERE faseof_is_open;
CREATE INDEX idx_fases_catalogo_history_run ON core.fases_catalogo_history USING btree (left_run_id);
CREATE INDEX idx_fases_ordem_fabrico_history_run ON core.fases_ordem_fabrico_history USING btree (left_run_id);
CREATE INDEX idx_fases_standard_modelos_history_run ON core.fases_standard_modelos_history USING btree (left_run_id);
CREATE INDEX idx_funcionarios_fase_ordem_fabrico_history_run ON core.funcionarios_fase_ordem_fabrico_history USING btree (left_run_id);
CREATE INDEX idx_funcionarios_fases_aptos_history_run ON core.funcionarios_fases_aptos_history USING btree (left_run_id);
CREATE INDEX idx_funcionarios_history_run ON core.funcionarios_history USING btree (left_run_id);
CREATE INDEX idx_modelos_history_run ON core.modelos_history USING btree (left_run_id);
CREATE INDEX idx_of_acabamento ON core.ordens_fabrico USING btree (of_data_acabamento) INCLUDE (of_id, of_data_criacao, of_data_transporte, of_produto_id) WHERE (of_data_acabamento IS NOT NULL);
CREATE INDEX idx_of_criacao_keyset ON core.ordens_fabrico USING btree (of_data_criacao DESC, of_id DESC) INCLUDE (of_data_acabamento, of_produto_id, of_fase_id, of_data_transporte);
CREATE INDEX idx_of_datas ON core.ordens_fabrico USING btree (of_data_criacao, of_data_acabamento);
CREATE INDEX idx_of_fase ON core.ordens_fabrico USING btree (of_fase_id);
CREATE INDEX idx_of_id_text ON core.ordens_fabrico USING btree (((of_id)::text) text_pattern_ops);
CREATE INDEX idx_of_produto_data ON core.ordens_fabrico USING btree (of_produto_id, of_data_criacao DESC, of_id DESC) INCLUDE (of_data_acabamento, of_data_transporte);
CREATE INDEX idx_of_transporte ON core.ordens_fabrico USING btree (of_data_transporte) WHERE (of_data_transporte IS NOT NULL);
CREATE INDEX idx_ofch_faseof_avaliacao ON ONLY core.erros_ordem_fabrico USING btree (ofch_faseof_avaliacao);
CREATE INDEX idx_ofch_faseof_culpada ON ONLY core.erros_ordem_fabrico USING btree (ofch_faseof_culpada) WHERE (ofch_faseof_culpada IS NOT NULL);
CREATE INDEX idx_ofch_of ON ONLY core.erros_ordem_fabrico USING btree (ofch_of_id);
CREATE INDEX idx_ordens_fabrico_history_run ON core.ordens_fabrico_history USING btree (left_run_id);
CREATE INDEX idx_rota_produto_sequencia ON core.fases_standard_modelos USING btree (produto_id, sequencia, fase_id);
CREATE INDEX idx_issues_run ON ONLY ops.data_quality_issues USING btree (run_id, entity, code, src_sheet, src_row);
CREATE INDEX ix_audit_log_at ON ops.audit_log USING btree (at DESC);
CREATE INDEX ix_audit_log_correlation ON ops.audit_log USING btree (correlation_id);
CREATE UNIQUE INDEX model_registry_one_champion ON ops.model_registry USING btree (model_name, sample) WHERE (status = 'CHAMPION'::text);
CREATE UNIQUE INDEX training_runs_one_of_a_kind ON ops.training_runs USING btree (kind) WHERE (status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text]));
CREATE UNIQUE INDEX uq_api_keys_current_name ON ops.api_keys USING btree (name) WHERE ((revoked_at IS NULL) AND (superseded_at IS NULL));
CREATE UNIQUE INDEX uq_ingestion_runs_active ON ops.ingestion_runs USING btree ((true)) WHERE (status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text]));
CREATE UNIQUE INDEX uq_whatif_sweeps_hash ON ops.whatif_sweeps USING btree (sweep_hash) WHERE (status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'COMPLETED'::text]));

-- Foreign keys

ALTER TABLE core.erros_ordem_fabrico ADD CONSTRAINT fk_ofch_ordem FOREIGN KEY (ofch_of_id) REFERENCES core.ordens_fabrico(of_id);
ALTER TABLE core.fases_ordem_fabrico ADD CONSTRAINT fk_faseof_fase FOREIGN KEY (faseof_fase_id) REFERENCES core.fases_catalogo(fase_id);
ALTER TABLE core.fases_ordem_fabrico ADD CONSTRAINT fk_faseof_ordem FOREIGN KEY (faseof_of_id) REFERENCES core.ordens_fabrico(of_id);
ALTER TABLE core.fases_standard_modelos ADD CONSTRAINT fk_rota_fase FOREIGN KEY (fase_id) REFERENCES core.fases_catalogo(fase_id);
ALTER TABLE core.fases_standard_modelos ADD CONSTRAINT fk_rota_produto FOREIGN KEY (produto_id) REFERENCES core.modelos(produto_id);
ALTER TABLE core.funcionarios_fase_ordem_fabrico ADD CONSTRAINT fk_funcionariofaseof_funcionario FOREIGN KEY (funcionario_id) REFERENCES core.funcionarios(funcionario_id);
ALTER TABLE core.funcionarios_fases_aptos ADD CONSTRAINT fk_aptos_fase FOREIGN KEY (fase_id) REFERENCES core.fases_catalogo(fase_id);
ALTER TABLE core.funcionarios_fases_aptos ADD CONSTRAINT fk_aptos_funcionario FOREIGN KEY (funcionario_id) REFERENCES core.funcionarios(funcionario_id);
ALTER TABLE core.ordens_estado ADD CONSTRAINT ordens_estado_of_id_fkey FOREIGN KEY (of_id) REFERENCES core.ordens_fabrico(of_id) ON DELETE CASCADE;
ALTER TABLE ops.audit_log ADD CONSTRAINT audit_log_key_id_fkey FOREIGN KEY (key_id) REFERENCES ops.api_keys(key_id);
ALTER TABLE ops.ingestion_runs ADD CONSTRAINT ingestion_runs_evidence_run_id_fkey FOREIGN KEY (evidence_run_id) REFERENCES ops.ingestion_runs(run_id);
ALTER TABLE ops.ingestion_sheet_runs ADD CONSTRAINT ingestion_sheet_runs_run_id_fkey FOREIGN KEY (run_id) REFERENCES ops.ingestion_runs(run_id) ON DELETE CASCADE;
ALTER TABLE ops.ingestion_steps ADD CONSTRAINT ingestion_steps_run_id_fkey FOREIGN KEY (run_id) REFERENCES ops.ingestion_runs(run_id) ON DELETE CASCADE;
ALTER TABLE ops.match_rates ADD CONSTRAINT match_rates_run_id_fkey FOREIGN KEY (run_id) REFERENCES ops.ingestion_runs(run_id) ON DELETE CASCADE;
ALTER TABLE ops.model_registry ADD CONSTRAINT model_registry_training_id_fkey FOREIGN KEY (training_id) REFERENCES ops.training_runs(training_id);
ALTER TABLE ops.ops_cache_version ADD CONSTRAINT ops_cache_version_run_id_fkey FOREIGN KEY (run_id) REFERENCES ops.ingestion_runs(run_id);
ALTER TABLE ops.whatif_sweep_points ADD CONSTRAINT whatif_sweep_points_sweep_id_fkey FOREIGN KEY (sweep_id) REFERENCES ops.whatif_sweeps(sweep_id) ON DELETE CASCADE;

-- Partitions

CREATE TABLE core.erros_ordem_fabrico_p00 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 0);
CREATE TABLE core.erros_ordem_fabrico_p01 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 1);
CREATE TABLE core.erros_ordem_fabrico_p02 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 2);
CREATE TABLE core.erros_ordem_fabrico_p03 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 3);
CREATE TABLE core.erros_ordem_fabrico_p04 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 4);
CREATE TABLE core.erros_ordem_fabrico_p05 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 5);
CREATE TABLE core.erros_ordem_fabrico_p06 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 6);
CREATE TABLE core.erros_ordem_fabrico_p07 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 7);
CREATE TABLE core.erros_ordem_fabrico_p08 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 8);
CREATE TABLE core.erros_ordem_fabrico_p09 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 9);
CREATE TABLE core.erros_ordem_fabrico_p10 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 10);
CREATE TABLE core.erros_ordem_fabrico_p11 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 11);
CREATE TABLE core.erros_ordem_fabrico_p12 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 12);
CREATE TABLE core.erros_ordem_fabrico_p13 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 13);
CREATE TABLE core.erros_ordem_fabrico_p14 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 14);
CREATE TABLE core.erros_ordem_fabrico_p15 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 15);
CREATE TABLE core.erros_ordem_fabrico_p16 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 16);
CREATE TABLE core.erros_ordem_fabrico_p17 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 17);
CREATE TABLE core.erros_ordem_fabrico_p18 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 18);
CREATE TABLE core.erros_ordem_fabrico_p19 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 19);
CREATE TABLE core.erros_ordem_fabrico_p20 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 20);
CREATE TABLE core.erros_ordem_fabrico_p21 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 21);
CREATE TABLE core.erros_ordem_fabrico_p22 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 22);
CREATE TABLE core.erros_ordem_fabrico_p23 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 23);
CREATE TABLE core.erros_ordem_fabrico_p24 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 24);
CREATE TABLE core.erros_ordem_fabrico_p25 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 25);
CREATE TABLE core.erros_ordem_fabrico_p26 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 26);
CREATE TABLE core.erros_ordem_fabrico_p27 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 27);
CREATE TABLE core.erros_ordem_fabrico_p28 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 28);
CREATE TABLE core.erros_ordem_fabrico_p29 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 29);
CREATE TABLE core.erros_ordem_fabrico_p30 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 30);
CREATE TABLE core.erros_ordem_fabrico_p31 PARTITION OF core.erros_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 31);
CREATE TABLE core.fases_ordem_fabrico_default PARTITION OF core.fases_ordem_fabrico DEFAULT;
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p00 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 0);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p01 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 1);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p02 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 2);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p03 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 3);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p04 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 4);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p05 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 5);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p06 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 6);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p07 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 7);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p08 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 8);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p09 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 9);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p10 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 10);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p11 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 11);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p12 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 12);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p13 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 13);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p14 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 14);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p15 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 15);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p16 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 16);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p17 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 17);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p18 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 18);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p19 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 19);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p20 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 20);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p21 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 21);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p22 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 22);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p23 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 23);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p24 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 24);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p25 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 25);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p26 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 26);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p27 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 27);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p28 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 28);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p29 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 29);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p30 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 30);
CREATE TABLE core.funcionarios_fase_ordem_fabrico_p31 PARTITION OF core.funcionarios_fase_ordem_fabrico FOR VALUES WITH (modulus 32, remainder 31);
CREATE TABLE ops.erros_ordem_fabrico_rejects PARTITION OF ops.rejects FOR VALUES IN ('erros_ordem_fabrico');
CREATE TABLE ops.fases_catalogo_rejects PARTITION OF ops.rejects FOR VALUES IN ('fases_catalogo');
CREATE TABLE ops.fases_ordem_fabrico_rejects PARTITION OF ops.rejects FOR VALUES IN ('fases_ordem_fabrico');
CREATE TABLE ops.fases_standard_modelos_rejects PARTITION OF ops.rejects FOR VALUES IN ('fases_standard_modelos');
CREATE TABLE ops.funcionarios_fase_ordem_fabrico_rejects PARTITION OF ops.rejects FOR VALUES IN ('funcionarios_fase_ordem_fabrico');
CREATE TABLE ops.funcionarios_fases_aptos_rejects PARTITION OF ops.rejects FOR VALUES IN ('funcionarios_fases_aptos');
CREATE TABLE ops.funcionarios_rejects PARTITION OF ops.rejects FOR VALUES IN ('funcionarios');
CREATE TABLE ops.modelos_rejects PARTITION OF ops.rejects FOR VALUES IN ('modelos');
CREATE TABLE ops.ordens_fabrico_rejects PARTITION OF ops.rejects FOR VALUES IN ('ordens_fabrico');

-- Functions

CREATE OR REPLACE FUNCTION analytics.quality_groups_of(p_from timestamp with time zone, p_to timestamp with time zone, p_avaliacao bigint, p_culpada bigint, p_produto bigint)
 RETURNS SETOF analytics.quality_groups
 LANGUAGE sql
 STABLE
AS $function$
        SELECT kind, fase_avaliacao_id, fase_culpada_id, month, descricao, gravidade, errors, gravidade_total
        FROM (
          SELECT CASE WHEN grouping(month) = 0 THEN 'month' WHEN grouping(descricao) = 0 THEN 'description' ELSE 'pair' END
              AS kind,
            fase_avaliacao_id, fase_culpada_id, month, descricao, gravidade,
            count(*) AS errors, sum(gravidade)::bigint AS gravidade_total,
            row_number() OVER (PARTITION BY grouping(descricao) ORDER BY count(*) DESC, descricao COLLATE "C") AS place
          FROM analytics.quality_errors
          WHERE (p_from IS NULL OR event_time >= p_from)
            AND (p_to IS NULL OR event_time < p_to)
            AND (p_avaliacao IS NULL OR fase_avaliacao_id = p_avaliacao)
            AND (p_culpada IS NULL OR fase_culpada_id = p_culpada)
            AND (p_produto IS NULL OR produto_id = p_produto)
          GROUP BY GROUPING SETS ((fase_avaliacao_id, fase_culpada_id, gravidade), (month, gravidade), (descricao))
        ) AS grouped
        WHERE kind <> 'description' OR place <= 20
      $function$;

CREATE OR REPLACE FUNCTION analytics.quality_products_of(p_from timestamp with time zone, p_to timestamp with time zone)
 RETURNS SETOF analytics.quality_products
 LANGUAGE sql
 STABLE
AS $function$
        WITH orders AS MATERIALIZED (
          SELECT of_produto_id AS produto_id, count(*) AS orders
          FROM core.ordens_fabrico
          WHERE of_produto_id IS NOT NULL
            AND (p_from IS NULL OR of_data_criacao >= p_from) AND (p_to IS NULL OR of_data_criacao < p_to)
          GROUP BY of_produto_id
        ), per_order AS MATERIALIZED (
          SELECT produto_id, of_id, count(*) AS errors, sum(gravidade) AS gravidade_total
          FROM analytics.quality_errors
          WHERE produto_id IS NOT NULL
            AND (p_from IS NULL OR of_data_criacao >= p_from) AND (p_to IS NULL OR of_data_criacao < p_to)
          GROUP BY produto_id, of_id
        ), found AS (
          SELECT produto_id, count(*) AS orders_with_errors, sum(errors)::bigint AS errors,
            sum(gravidade_total)::bigint AS gravidade_total
          FROM per_order GROUP BY produto_id
        )
        SELECT produto_id, orders, coalesce(orders_with_errors, 0), coalesce(errors, 0), coalesce(gravidade_total, 0)
        FROM orders LEFT JOIN found USING (produto_id)
      $function$;

CREATE OR REPLACE FUNCTION analytics.quality_risk_of(p_from timestamp with time zone, p_to timestamp with time zone)
 RETURNS SETOF analytics.quality_risk
 LANGUAGE sql
 STABLE
AS $function$
        WITH products AS MATERIALIZED (
          SELECT of_produto_id AS produto_id, count(*) AS n
          FROM core.ordens_fabrico
          WHERE (p_from IS NULL OR of_data_criacao >= p_from) AND (p_to IS NULL OR of_data_criacao < p_to)
          GROUP BY of_produto_id
        ), per_order AS MATERIALIZED (
          SELECT of_id, produto_id, fase_culpada_id, count(*) AS errors, sum(gravidade) AS gravidade_total
          FROM analytics.quality_errors
          WHERE fase_culpada_id IS NOT NULL
            AND (p_from IS NULL OR of_data_criacao >= p_from) AND (p_to IS NULL OR of_data_criacao < p_to)
          GROUP BY of_id, produto_id, fase_culpada_id
        ), types AS (
          SELECT fase_culpada_id, count(*)::float8 / (SELECT sum(n) FROM products)::float8 AS r
          FROM per_order GROUP BY fase_culpada_id
        ), pairs AS (
          SELECT produto_id, fase_culpada_id, count(*) AS k, sum(errors)::bigint AS errors,
            sum(gravidade_total)::bigint AS gravidade_total
          FROM per_order WHERE produto_id IS NOT NULL GROUP BY produto_id, fase_culpada_id
        )
        SELECT produto_id, fase_culpada_id, n, k, errors, gravidade_total, r, (k + 20 * r) / (n + 20)
        FROM pairs JOIN products USING (produto_id) JOIN types USING (fase_culpada_id)
      $function$;

CREATE OR REPLACE FUNCTION core.attach_fases_partition(p_month date)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_month date := date_trunc('month', p_month)::date;
        v_name text := core.fases_partition_name(v_month);
      BEGIN
        EXECUTE format(
          'ALTER TABLE core.fases_ordem_fabrico ATTACH PARTITION core.%I FOR VALUES FROM (%L) TO (%L)',
          v_name, v_month::text || ' 00:00:00+00', (v_month + interval '1 month')::date::text || ' 00:00:00+00');
      END
      $function$;

CREATE OR REPLACE FUNCTION core.begin_bulk_load(p_table regclass, p_foreign_keys boolean)
 RETURNS text[]
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_filled boolean;
        v_again text[] := '{}';
        v_one record;
      BEGIN
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', p_table) INTO v_filled;
        IF v_filled THEN
          RAISE EXCEPTION '% holds rows: it can be loaded in bulk only while it is empty', p_table;
        END IF;
        EXECUTE format('TRUNCATE %s', p_table);
        FOR v_one IN
          SELECT conname, pg_get_constraintdef(oid) AS definition
          FROM pg_constraint
          WHERE conrelid = p_table AND (contype IN ('p', 'u') OR contype = 'f' AND p_foreign_keys)
          ORDER BY contype DESC, conname
        LOOP
          EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', p_table, v_one.conname);
          v_again := v_again || format('ALTER TABLE %s ADD CONSTRAINT %I %s', p_table, v_one.conname, v_one.definition);
        END LOOP;
        FOR v_one IN
          SELECT indexrelid, pg_get_indexdef(indexrelid) AS definition
          FROM pg_index
          WHERE indrelid = p_table
          ORDER BY indexrelid::regclass::text
        LOOP
          EXECUTE format('DROP INDEX %s', v_one.indexrelid::regclass);
          -- The definition of an index of a partitioned table says ONLY, which would leave its partitions without.
          v_again := v_again || replace(v_one.definition, ' ON ONLY ', ' ON ');
        END LOOP;
        RETURN v_again;
      END
      $function$;

CREATE OR REPLACE FUNCTION core.begin_fases_build(p_months date[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_month date;
        v_name text;
      BEGIN
        PERFORM core.drop_fases_build();
        CREATE TABLE staging.fases_ordem_fabrico_build (LIKE core.fases_ordem_fabrico INCLUDING CONSTRAINTS)
          PARTITION BY RANGE (faseof_event_time);
        FOREACH v_month IN ARRAY p_months LOOP
          v_name := core.fases_partition_name(v_month);
          EXECUTE format('CREATE TABLE staging.%I (LIKE core.fases_ordem_fabrico INCLUDING CONSTRAINTS)', v_name);
          EXECUTE format(
            'ALTER TABLE staging.fases_ordem_fabrico_build ATTACH PARTITION staging.%I FOR VALUES FROM (%L) TO (%L)',
            v_name, v_month::text || ' 00:00:00+00', (v_month + interval '1 month')::date::text || ' 00:00:00+00');
        END LOOP;
      END
      $function$;

CREATE OR REPLACE FUNCTION core.begin_hash_build(p_table regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_name text := (SELECT relname || '_build' FROM pg_class WHERE oid = p_table);
        v_one record;
      BEGIN
        EXECUTE format('CREATE TABLE staging.%I (LIKE %s INCLUDING CONSTRAINTS) PARTITION BY %s',
          v_name, p_table, pg_get_partkeydef(p_table));
        FOR v_one IN SELECT * FROM core.hash_partitions(p_table) LOOP
          EXECUTE format('CREATE TABLE staging.%I PARTITION OF staging.%I %s', v_one.part, v_name, v_one.bounds);
        END LOOP;
      END
      $function$;

CREATE OR REPLACE FUNCTION core.drop_builds()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_name name;
      BEGIN
        -- What is partitioned goes first, and its partitions with it.
        FOR v_name IN
          SELECT relname FROM pg_class
          WHERE relnamespace = 'staging'::regnamespace AND relkind IN ('p', 'r')
            AND relname ~ '(_build|^fases_ordem_fabrico_y\d+m\d+|^erros_ordem_fabrico_p\d+)$'
          ORDER BY relkind, relname
        LOOP
          EXECUTE format('DROP TABLE IF EXISTS staging.%I', v_name);
        END LOOP;
      END
      $function$;

CREATE OR REPLACE FUNCTION core.drop_fases_build()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_name text;
      BEGIN
        DROP TABLE IF EXISTS staging.fases_ordem_fabrico_build;
        FOR v_name IN
          SELECT relname FROM pg_class
          WHERE relnamespace = 'staging'::regnamespace AND relkind = 'r' AND relname ~ '^fases_ordem_fabrico_y\d+m\d+$'
          ORDER BY relname
        LOOP
          EXECUTE format('DROP TABLE staging.%I', v_name);
        END LOOP;
      END
      $function$;

CREATE OR REPLACE FUNCTION core.ensure_fases_partition(p_month date)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_name text := core.fases_partition_name(date_trunc('month', p_month)::date);
      BEGIN
        IF to_regclass(format('core.%I', v_name)) IS NOT NULL THEN
          RETURN false;
        END IF;
        EXECUTE format('CREATE TABLE core.%I (LIKE core.fases_ordem_fabrico INCLUDING CONSTRAINTS)', v_name);
        PERFORM core.attach_fases_partition(p_month);
        RETURN true;
      END
      $function$;

CREATE OR REPLACE FUNCTION core.fases_partition_name(p_month date)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
        SELECT 'fases_ordem_fabrico_y' || to_char(p_month, 'YYYY') || 'm' || to_char(p_month, 'MM')
      $function$;

CREATE OR REPLACE FUNCTION core.finish_bulk_load(p_definitions text[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_definition text;
      BEGIN
        FOREACH v_definition IN ARRAY p_definitions LOOP
          EXECUTE v_definition;
        END LOOP;
      END
      $function$;

CREATE OR REPLACE FUNCTION core.finish_fases_build(p_months date[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_month date;
      BEGIN
        FOREACH v_month IN ARRAY p_months LOOP
          EXECUTE format('ALTER TABLE staging.%I SET SCHEMA core', core.fases_partition_name(v_month));
          PERFORM core.attach_fases_partition(v_month);
        END LOOP;
      END
      $function$;

CREATE OR REPLACE FUNCTION core.finish_hash_build(p_table regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_filled boolean;
        v_one record;
      BEGIN
        EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', p_table);
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', p_table) INTO v_filled;
        IF v_filled THEN
          RAISE EXCEPTION '% holds rows: its partitions can be replaced only while it is empty', p_table;
        END IF;
        FOR v_one IN SELECT * FROM core.hash_partitions(p_table) LOOP
          EXECUTE format('DROP TABLE core.%I', v_one.part);
          EXECUTE format('ALTER TABLE staging.%I SET SCHEMA core', v_one.part);
          EXECUTE format('ALTER TABLE %s ATTACH PARTITION core.%I %s', p_table, v_one.part, v_one.bounds);
        END LOOP;
      END
      $function$;

CREATE OR REPLACE FUNCTION core.hash_partitions(p_table regclass)
 RETURNS TABLE(part name, bounds text)
 LANGUAGE sql
 STABLE
AS $function$
        SELECT child.relname, pg_get_expr(child.relpartbound, child.oid)
        FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent = p_table
        ORDER BY child.relname
      $function$;

CREATE OR REPLACE FUNCTION core.index_fases_build(p_months date[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_month date;
        v_name text;
        v_definition text;
      BEGIN
        FOREACH v_month IN ARRAY p_months LOOP
          v_name := core.fases_partition_name(v_month);
          FOR v_definition IN
            SELECT regexp_replace(pg_get_indexdef(indexrelid), 'INDEX \S+ ON ONLY \S+ ',
              format('INDEX ON staging.%I ', v_name))
            FROM pg_index
            WHERE indrelid = 'core.fases_ordem_fabrico'::regclass AND NOT indisprimary
            ORDER BY indexrelid::regclass::text
          LOOP
            EXECUTE v_definition;
          END LOOP;
          EXECUTE (
            SELECT format('ALTER TABLE staging.%I ADD %s', v_name, pg_get_constraintdef(oid))
            FROM pg_constraint
            WHERE conrelid = 'core.fases_ordem_fabrico'::regclass AND contype = 'p'
          );
        END LOOP;
      END
      $function$;

CREATE OR REPLACE FUNCTION core.index_hash_build(p_table regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_name text := (SELECT relname || '_build' FROM pg_class WHERE oid = p_table);
        v_part name;
        v_definition text;
      BEGIN
        FOR v_part IN SELECT part FROM core.hash_partitions(p_table) LOOP
          EXECUTE format('ALTER TABLE staging.%I DETACH PARTITION staging.%I', v_name, v_part);
          FOR v_definition IN
            SELECT regexp_replace(pg_get_indexdef(indexrelid), 'INDEX \S+ ON ONLY \S+ ',
              format('INDEX ON staging.%I ', v_part))
            FROM pg_index
            WHERE indrelid = p_table AND NOT indisprimary
            ORDER BY indexrelid::regclass::text
          LOOP
            EXECUTE v_definition;
          END LOOP;
          EXECUTE (
            SELECT format('ALTER TABLE staging.%I ADD %s', v_part, pg_get_constraintdef(oid))
            FROM pg_constraint
            WHERE conrelid = p_table AND contype = 'p'
          );
        END LOOP;
        EXECUTE format('DROP TABLE staging.%I', v_name);
      END
      $function$;

CREATE OR REPLACE FUNCTION core.part_fases_build(p_months date[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      DECLARE
        v_month date;
      BEGIN
        FOREACH v_month IN ARRAY p_months LOOP
          EXECUTE format('ALTER TABLE staging.fases_ordem_fabrico_build DETACH PARTITION staging.%I',
            core.fases_partition_name(v_month));
        END LOOP;
        DROP TABLE staging.fases_ordem_fabrico_build;
      END
      $function$;

CREATE OR REPLACE FUNCTION ops.begin_issues(p_run_id bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      BEGIN
        EXECUTE format('CREATE TABLE ops.data_quality_issues_run_%s (LIKE ops.data_quality_issues)', p_run_id);
      END
      $function$;

CREATE OR REPLACE FUNCTION ops.drop_issues(p_run_id bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      BEGIN
        EXECUTE format('DROP TABLE IF EXISTS ops.data_quality_issues_run_%s', p_run_id);
      END
      $function$;

CREATE OR REPLACE FUNCTION ops.finish_issues(p_run_id bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      BEGIN
        EXECUTE format(
          'ALTER TABLE ops.data_quality_issues ATTACH PARTITION ops.data_quality_issues_run_%s FOR VALUES IN (%s)',
          p_run_id, p_run_id);
      END
      $function$;
