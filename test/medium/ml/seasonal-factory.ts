import type { Client } from 'pg';
import { publish } from '../prodplan/seed';

/** The data clock of the seasonal factory. */
export const AS_OF = '2025-12-31T00:00:00Z';

/**
 * A factory whose lead times and errors follow the season, which a median cannot know: created from April to September
 * an order takes 60 to 79 days, else 20 to 39; an order created on an odd day of the year has an error in summer.
 *
 * @param orders one every day up to the data clock, of three products in turn; all but the last few are finished
 */
export async function seedSeasonalFactory(sql: Client, orders: number): Promise<void> {
  await sql.query(
    `INSERT INTO core.modelos (produto_id, produto_nome, produto_peso_desmolde) VALUES
       (1, 'K1 Vanquish M', 8), (2, 'K1 Vanquish L', 9), (3, 'K2 Cinco XL', 14)`,
  );
  await sql.query(
    `INSERT INTO core.ordens_fabrico (of_id, of_data_criacao, of_data_acabamento, of_produto_id, of_data_transporte)
     SELECT n, created, CASE WHEN created + took < $2 THEN created + took END, 1 + n % 3, created + took + interval '3 days'
     FROM (
       SELECT n, created,
         make_interval(days => (CASE WHEN extract(month FROM created) BETWEEN 4 AND 9 THEN 60 ELSE 20 END) + (n * 7) % 20) AS took
       FROM (SELECT n, $2::timestamptz - make_interval(days => $1 - n + 1) AS created FROM generate_series(1, $1) AS n) AS days
     ) AS taken`,
    [orders, AS_OF],
  );
  await sql.query(
    `INSERT INTO core.ordens_estado (of_id, of_data_criacao, is_closed, is_started, open_phases, last_event_at)
     SELECT of_id, of_data_criacao, of_data_acabamento IS NOT NULL, false, 0, coalesce(of_data_acabamento, of_data_criacao)
     FROM core.ordens_fabrico`,
  );
  await sql.query(
    `INSERT INTO core.erros_ordem_fabrico (ofch_id, ofch_descricao_erro, ofch_of_id, ofch_gravidade, ofch_event_time)
     SELECT gen_random_uuid(), 'bolha', of_id, 1 + of_id % 2, of_data_criacao + interval '2 days'
     FROM core.ordens_fabrico
     WHERE extract(month FROM of_data_criacao) BETWEEN 4 AND 9 AND of_id % 5 > 0`,
  );
  // As a load keeps them; none of them names a culprit.
  await sql.query(
    `INSERT INTO analytics.quality_errors (ofch_id, of_id, of_data_criacao, event_time, month, produto_id, gravidade, descricao)
     SELECT ofch_id, of_id, of_data_criacao, ofch_event_time, date_trunc('month', ofch_event_time AT TIME ZONE 'UTC')::date,
       of_produto_id, ofch_gravidade, ofch_descricao_erro
     FROM core.erros_ordem_fabrico JOIN core.ordens_fabrico ON of_id = ofch_of_id`,
  );
  await publish(sql, { asOf: AS_OF, finishedAt: AS_OF });
}
