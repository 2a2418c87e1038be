import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Errors by when their order was created, which is what the windows of rates and risks are about. */
export class FindErrorsByTheOrdersCreation1700000009000 implements MigrationInterface {
  name = 'FindErrorsByTheOrdersCreation1700000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE analytics.quality_errors ADD COLUMN of_data_criacao timestamptz');
    await runner.query(
      `UPDATE analytics.quality_errors AS stored SET of_data_criacao = ordem.of_data_criacao
       FROM core.ordens_fabrico AS ordem WHERE ordem.of_id = stored.of_id`,
    );
    await runner.query('ALTER TABLE analytics.quality_errors ALTER COLUMN of_data_criacao SET NOT NULL');
    await runner.query(
      `CREATE INDEX idx_quality_errors_created ON analytics.quality_errors (of_data_criacao)
       INCLUDE (of_id, produto_id, fase_culpada_id, gravidade)`,
    );
    for (const statement of [PRODUCTS_OF, RISK_OF]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [PRODUCTS_OF_BEFORE, RISK_OF_BEFORE]) await runner.query(statement);
    await runner.query('DROP INDEX analytics.idx_quality_errors_created');
    await runner.query('ALTER TABLE analytics.quality_errors DROP COLUMN of_data_criacao');
  }
}

const PRODUCTS_OF = `
      CREATE OR REPLACE FUNCTION analytics.quality_products_of(p_from timestamptz, p_to timestamptz)
      RETURNS SETOF analytics.quality_products LANGUAGE sql STABLE AS $function$
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
      $function$`;

const RISK_OF = `
      CREATE OR REPLACE FUNCTION analytics.quality_risk_of(p_from timestamptz, p_to timestamptz)
      RETURNS SETOF analytics.quality_risk LANGUAGE sql STABLE AS $function$
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
      $function$`;

const PRODUCTS_OF_BEFORE = `
      CREATE OR REPLACE FUNCTION analytics.quality_products_of(p_from timestamptz, p_to timestamptz) RETURNS SETOF analytics.quality_products LANGUAGE sql STABLE AS $function$
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
      $function$`;

const RISK_OF_BEFORE = `
      CREATE OR REPLACE FUNCTION analytics.quality_risk_of(p_from timestamptz, p_to timestamptz) RETURNS SETOF analytics.quality_risk LANGUAGE sql STABLE AS $function$
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
      $function$`;
