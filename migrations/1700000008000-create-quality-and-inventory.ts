import { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the answers about quality and about work in process are read from. The functions hold each figure's definition
 * once: a load stores what they say of all history, a request for a part asks them anew.
 */
export class CreateQualityAndInventory1700000008000 implements MigrationInterface {
  name = 'CreateQualityAndInventory1700000008000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE analytics.quality_errors (
        ofch_id uuid NOT NULL,
        of_id bigint NOT NULL,
        event_time timestamptz NOT NULL,
        month date NOT NULL,
        produto_id bigint,
        fase_avaliacao_id bigint,
        fase_culpada_id bigint,
        gravidade integer NOT NULL,
        descricao text NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX idx_quality_errors_time ON analytics.quality_errors (event_time)');
    await queryRunner.query('CREATE INDEX idx_quality_errors_of ON analytics.quality_errors (of_id)');
    await queryRunner.query(`
      CREATE TABLE analytics.quality_groups (
        kind text NOT NULL CHECK (kind IN ('pair', 'month', 'description')),
        fase_avaliacao_id bigint,
        fase_culpada_id bigint,
        month date,
        descricao text,
        gravidade integer,
        errors bigint NOT NULL,
        gravidade_total bigint NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE analytics.quality_products (
        produto_id bigint PRIMARY KEY,
        orders bigint NOT NULL,
        orders_with_errors bigint NOT NULL,
        errors bigint NOT NULL,
        gravidade_total bigint NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE analytics.quality_risk (
        produto_id bigint NOT NULL,
        fase_culpada_id bigint NOT NULL,
        orders bigint NOT NULL,
        orders_with_errors bigint NOT NULL,
        errors bigint NOT NULL,
        gravidade_total bigint NOT NULL,
        type_rate double precision NOT NULL,
        risk_score double precision NOT NULL,
        PRIMARY KEY (produto_id, fase_culpada_id)
      )`);
    await queryRunner.query(`
      CREATE INDEX idx_quality_risk_score ON analytics.quality_risk (risk_score DESC, produto_id, fase_culpada_id)`);
    await queryRunner.query(`
      CREATE FUNCTION analytics.quality_groups_of(
        p_from timestamptz, p_to timestamptz, p_avaliacao bigint, p_culpada bigint, p_produto bigint)
      RETURNS SETOF analytics.quality_groups LANGUAGE sql STABLE AS $$
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
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION analytics.quality_products_of(p_from timestamptz, p_to timestamptz)
      RETURNS SETOF analytics.quality_products LANGUAGE sql STABLE AS $$
        WITH orders AS MATERIALIZED (
          SELECT of_id, of_produto_id
          FROM core.ordens_fabrico
          WHERE of_produto_id IS NOT NULL
            AND (p_from IS NULL OR of_data_criacao >= p_from) AND (p_to IS NULL OR of_data_criacao < p_to)
        )
        SELECT o.of_produto_id, count(*), count(e.of_id), coalesce(sum(e.errors), 0)::bigint,
          coalesce(sum(e.gravidade_total), 0)::bigint
        FROM orders AS o
        LEFT JOIN (
          SELECT of_id, count(*) AS errors, sum(gravidade) AS gravidade_total
          FROM orders JOIN analytics.quality_errors USING (of_id)
          GROUP BY of_id
        ) AS e ON e.of_id = o.of_id
        GROUP BY o.of_produto_id
      $$`);
    await queryRunner.query(`
      CREATE FUNCTION analytics.quality_risk_of(p_from timestamptz, p_to timestamptz)
      RETURNS SETOF analytics.quality_risk LANGUAGE sql STABLE AS $$
        WITH orders AS MATERIALIZED (
          SELECT of_id, of_produto_id AS produto_id
          FROM core.ordens_fabrico
          WHERE (p_from IS NULL OR of_data_criacao >= p_from) AND (p_to IS NULL OR of_data_criacao < p_to)
        ), per_order AS MATERIALIZED (
          SELECT e.of_id, e.produto_id, e.fase_culpada_id, count(*) AS errors, sum(e.gravidade) AS gravidade_total
          FROM analytics.quality_errors AS e
          JOIN orders USING (of_id)
          WHERE e.fase_culpada_id IS NOT NULL
          GROUP BY e.of_id, e.produto_id, e.fase_culpada_id
        ), products AS (
          SELECT produto_id, count(*) AS n FROM orders GROUP BY produto_id
        ), types AS (
          SELECT fase_culpada_id, count(*)::float8 / (SELECT count(*) FROM orders) AS r
          FROM per_order GROUP BY fase_culpada_id
        ), pairs AS (
          SELECT produto_id, fase_culpada_id, count(*) AS k, sum(errors)::bigint AS errors,
            sum(gravidade_total)::bigint AS gravidade_total
          FROM per_order WHERE produto_id IS NOT NULL GROUP BY produto_id, fase_culpada_id
        )
        SELECT produto_id, fase_culpada_id, n, k, errors, gravidade_total, r, (k + 20 * r) / (n + 20)
        FROM pairs JOIN products USING (produto_id) JOIN types USING (fase_culpada_id)
      $$`);
    await queryRunner.query(`
      CREATE TABLE analytics.open_orders (
        of_id bigint PRIMARY KEY,
        produto_id bigint,
        last_event_at timestamptz NOT NULL,
        fase_id bigint,
        mass_kg double precision,
        low_confidence boolean NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE analytics.open_phases (
        faseof_id bigint PRIMARY KEY,
        of_id bigint NOT NULL,
        produto_id bigint,
        fase_id bigint NOT NULL,
        inicio timestamptz NOT NULL,
        last_event_at timestamptz NOT NULL
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE analytics.open_phases, analytics.open_orders');
    await queryRunner.query('DROP FUNCTION analytics.quality_risk_of');
    await queryRunner.query('DROP FUNCTION analytics.quality_products_of');
    await queryRunner.query('DROP FUNCTION analytics.quality_groups_of');
    await queryRunner.query(
      'DROP TABLE analytics.quality_risk, analytics.quality_products, analytics.quality_groups, analytics.quality_errors',
    );
  }
}
