import type { Client } from 'pg';

export interface OrderSeed {
  id: number;
  created: string;
  finished?: string;
  product?: number;
  phase?: number;
  due?: string;
  /** What the load derives; the defaults are those of an order whose phases say nothing. */
  currentPhase?: number;
  closed?: boolean;
  started?: boolean;
  lastEvent?: string;
}

export interface PhaseSeed {
  id: number;
  order: number;
  type: number;
  start?: string;
  end?: string;
  planned?: string;
  sequence?: number;
  weight?: number;
  coefficient?: number;
  coefficientX?: number;
}

/** Publishes a run whose data clock is `asOf` and which finished at `finishedAt`; returns its id. */
export async function publish(
  sql: Client,
  { asOf, finishedAt, sample = false }: { asOf: string | null; finishedAt: string; sample?: boolean },
): Promise<number> {
  const { rows } = await sql.query<{ run_id: number }>(
    `INSERT INTO ops.ingestion_runs (status, created_at, started_at, finished_at, workbook_name, workbook_path, sample, as_of)
     VALUES ('COMPLETED', $1::timestamptz, $1::timestamptz, $1::timestamptz, 'w.xlsx', 'w.xlsx', $2, $3) RETURNING run_id`,
    [finishedAt, sample, asOf],
  );
  await sql.query(
    'UPDATE ops.ops_cache_version SET version = version + 1, run_id = $1, published_at = $2::timestamptz WHERE id = 1',
    [rows[0].run_id, finishedAt],
  );
  return rows[0].run_id;
}

export async function addPhaseTypes(sql: Client, names: Readonly<Record<number, string | null>>): Promise<void> {
  for (const [id, name] of Object.entries(names)) {
    await sql.query('INSERT INTO core.fases_catalogo (fase_id, fase_nome) VALUES ($1, $2)', [id, name]);
  }
}

export async function addProducts(sql: Client, names: Readonly<Record<number, string>>): Promise<void> {
  for (const [id, name] of Object.entries(names)) {
    await sql.query('INSERT INTO core.modelos (produto_id, produto_nome) VALUES ($1, $2)', [id, name]);
  }
}

export async function addRouteStep(
  sql: Client,
  step: readonly [
    product: number,
    phaseType: number,
    sequence: number,
    coefficient: number,
    coefficientX: number | null,
  ],
): Promise<void> {
  await sql.query(
    `INSERT INTO core.fases_standard_modelos (produto_id, fase_id, sequencia, coeficiente, coeficiente_x)
     VALUES ($1, $2, $3, $4, $5)`,
    [...step],
  );
}

export async function addOrders(sql: Client, orders: readonly OrderSeed[]): Promise<void> {
  for (const order of orders) {
    await sql.query(
      `INSERT INTO core.ordens_fabrico
         (of_id, of_data_criacao, of_data_acabamento, of_produto_id, of_fase_id, of_data_transporte)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [order.id, order.created, order.finished, order.product, order.phase, order.due],
    );
    await sql.query(
      `INSERT INTO core.ordens_estado
         (of_id, of_data_criacao, fase_atual_id, is_closed, is_started, open_phases, last_event_at)
       VALUES ($1, $2, $3, $4, $5, 0, $6)`,
      [
        order.id,
        order.created,
        order.currentPhase ?? order.phase,
        order.closed ?? order.finished !== undefined,
        order.started ?? false,
        order.lastEvent ?? order.finished ?? order.created,
      ],
    );
  }
}

/** Removes all orders and what hangs on them. */
export async function removeOrders(sql: Client): Promise<void> {
  await sql.query(
    'TRUNCATE core.ordens_fabrico, core.ordens_estado, core.fases_ordem_fabrico, core.erros_ordem_fabrico',
  );
}

export async function addPhases(sql: Client, phases: readonly PhaseSeed[]): Promise<void> {
  for (const phase of phases) {
    await sql.query(
      `INSERT INTO core.fases_ordem_fabrico
         (faseof_id, faseof_of_id, faseof_inicio, faseof_fim, faseof_data_prevista, faseof_coeficiente,
          faseof_coeficiente_x, faseof_fase_id, faseof_peso, faseof_sequencia, faseof_event_time,
          faseof_duration_seconds, faseof_is_open, faseof_is_done)
       SELECT $1, $2, $3::timestamptz, $4::timestamptz, $5::timestamptz, $6, $7, $8, $9, $10,
         coalesce($4::timestamptz, $3::timestamptz, $5::timestamptz, o.of_data_criacao),
         extract(epoch FROM $4::timestamptz - $3::timestamptz)::bigint,
         $3::timestamptz IS NOT NULL AND $4::timestamptz IS NULL, $4::timestamptz IS NOT NULL
       FROM core.ordens_fabrico o WHERE o.of_id = $2`,
      [
        phase.id,
        phase.order,
        phase.start,
        phase.end,
        phase.planned,
        phase.coefficient,
        phase.coefficientX,
        phase.type,
        phase.weight,
        phase.sequence,
      ],
    );
  }
}

/** The JSON body and status of a GET. */
export async function get<Body>(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Body }> {
  const answer = await fetch(url, { headers });
  return { status: answer.status, body: (await answer.json()) as Body };
}
