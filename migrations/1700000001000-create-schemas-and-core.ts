import { MigrationInterface, QueryRunner } from 'typeorm';

const HASH_PARTITIONS = 32;

/**
 * Schemas and the core tables with the specification's names.
 *
 * Keys: a primary key of a partitioned table must contain the partition key, so `faseof_id` alone cannot be the
 * primary key of the monthly partitioned phases, nor `ofch_id` of the errors. The primary keys here are the natural
 * key followed by the partition key; that `faseof_id` is unique across partitions is kept by the only writer (the
 * merge, which finds a phase by `faseof_id` alone) and proven inside the transaction of every load.
 */
export class CreateSchemasAndCore1700000001000 implements MigrationInterface {
  name = 'CreateSchemasAndCore1700000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE SCHEMA core');
    await queryRunner.query('CREATE SCHEMA staging');
    await queryRunner.query('CREATE SCHEMA ops');

    await queryRunner.query(`
      CREATE TABLE core.fases_catalogo (
        fase_id bigint PRIMARY KEY,
        fase_nome text,
        fase_sequencia integer,
        fase_de_producao integer,
        fase_automatica integer
      )`);
    await queryRunner.query(`
      CREATE TABLE core.modelos (
        produto_id bigint PRIMARY KEY,
        produto_nome text,
        produto_peso_desmolde double precision,
        produto_peso_acabamento double precision,
        produto_qtd_gel_deck double precision,
        produto_qtd_gel_casco double precision
      )`);
    await queryRunner.query(`
      CREATE TABLE core.funcionarios (
        funcionario_id bigint PRIMARY KEY,
        funcionario_nome text,
        funcionario_activo integer
      )`);
    await queryRunner.query(`
      CREATE TABLE core.funcionarios_fases_aptos (
        funcionario_id bigint NOT NULL,
        fase_id bigint NOT NULL,
        data_criacao timestamptz,
        PRIMARY KEY (funcionario_id, fase_id),
        CONSTRAINT fk_aptos_funcionario FOREIGN KEY (funcionario_id) REFERENCES core.funcionarios (funcionario_id),
        CONSTRAINT fk_aptos_fase FOREIGN KEY (fase_id) REFERENCES core.fases_catalogo (fase_id)
      )`);
    await queryRunner.query(`
      CREATE TABLE core.fases_standard_modelos (
        produto_id bigint NOT NULL,
        fase_id bigint NOT NULL,
        sequencia integer NOT NULL,
        coeficiente double precision,
        coeficiente_x double precision,
        PRIMARY KEY (produto_id, fase_id, sequencia),
        CONSTRAINT fk_rota_produto FOREIGN KEY (produto_id) REFERENCES core.modelos (produto_id),
        CONSTRAINT fk_rota_fase FOREIGN KEY (fase_id) REFERENCES core.fases_catalogo (fase_id)
      )`);
    await queryRunner.query(
      `CREATE INDEX idx_rota_produto_sequencia ON core.fases_standard_modelos (produto_id, sequencia, fase_id)`,
    );

    // No foreign key on of_produto_id: 27 % of the ordered products stand in no Modelos row (ORPHAN_PRODUCT).
    await queryRunner.query(`
      CREATE TABLE core.ordens_fabrico (
        of_id bigint PRIMARY KEY,
        of_data_criacao timestamptz NOT NULL,
        of_data_acabamento timestamptz,
        of_produto_id bigint,
        of_fase_id bigint,
        of_data_transporte timestamptz
      )`);
    await queryRunner.query(`
      CREATE INDEX idx_of_produto_data ON core.ordens_fabrico (of_produto_id, of_data_criacao DESC, of_id DESC)
        INCLUDE (of_data_acabamento, of_data_transporte)`);
    await queryRunner.query(`
      CREATE INDEX idx_of_criacao_keyset ON core.ordens_fabrico (of_data_criacao DESC, of_id DESC)
        INCLUDE (of_data_acabamento, of_produto_id, of_fase_id, of_data_transporte)`);
    await queryRunner.query(`CREATE INDEX idx_of_fase ON core.ordens_fabrico (of_fase_id)`);
    await queryRunner.query(`CREATE INDEX idx_of_datas ON core.ordens_fabrico (of_data_criacao, of_data_acabamento)`);
    await queryRunner.query(
      `CREATE INDEX idx_of_transporte ON core.ordens_fabrico (of_data_transporte) WHERE of_data_transporte IS NOT NULL`,
    );
    // The prefix search of the orders list compares the digits of the number, not its value.
    await queryRunner.query(`CREATE INDEX idx_of_id_text ON core.ordens_fabrico ((of_id::text) text_pattern_ops)`);

    // No CHECK that a phase ends after it starts: that order is one of wall-clock times (checked while loading), and
    // across the hour that is skipped in March the instants of two such times can stand the other way round.
    await queryRunner.query(`
      CREATE TABLE core.fases_ordem_fabrico (
        faseof_id bigint NOT NULL,
        faseof_of_id bigint NOT NULL,
        faseof_inicio timestamptz,
        faseof_fim timestamptz,
        faseof_data_prevista timestamptz,
        faseof_coeficiente double precision,
        faseof_coeficiente_x double precision,
        faseof_fase_id bigint NOT NULL,
        faseof_peso double precision,
        faseof_retorno integer,
        faseof_turno integer,
        faseof_sequencia integer,
        faseof_event_time timestamptz NOT NULL,
        faseof_duration_seconds bigint,
        faseof_is_open boolean NOT NULL,
        faseof_is_done boolean NOT NULL,
        CONSTRAINT pk_fases_ordem_fabrico PRIMARY KEY (faseof_id, faseof_event_time),
        CONSTRAINT fk_faseof_ordem FOREIGN KEY (faseof_of_id) REFERENCES core.ordens_fabrico (of_id),
        CONSTRAINT fk_faseof_fase FOREIGN KEY (faseof_fase_id) REFERENCES core.fases_catalogo (fase_id)
      ) PARTITION BY RANGE (faseof_event_time)`);
    await queryRunner.query(
      `CREATE INDEX idx_faseof_ofid_event ON core.fases_ordem_fabrico (faseof_of_id, faseof_event_time)`,
    );
    await queryRunner.query(`
      CREATE INDEX idx_faseof_faseid_event ON core.fases_ordem_fabrico (faseof_fase_id, faseof_event_time)
        INCLUDE (faseof_duration_seconds)`);
    await queryRunner.query(`
      CREATE INDEX idx_faseof_open_by_fase ON core.fases_ordem_fabrico (faseof_fase_id, faseof_of_id)
        WHERE faseof_is_open`);
    await queryRunner.query(
      `CREATE TABLE core.fases_ordem_fabrico_default PARTITION OF core.fases_ordem_fabrico DEFAULT`,
    );

    await queryRunner.query(`
      CREATE TABLE core.funcionarios_fase_ordem_fabrico (
        funcionariofaseof_id bigint NOT NULL,
        funcionario_id bigint NOT NULL,
        chefe integer,
        CONSTRAINT pk_funcionarios_fase_ordem_fabrico PRIMARY KEY (funcionariofaseof_id, funcionario_id),
        CONSTRAINT fk_funcionariofaseof_funcionario FOREIGN KEY (funcionario_id)
          REFERENCES core.funcionarios (funcionario_id)
      ) PARTITION BY HASH (funcionariofaseof_id)`);
    await queryRunner.query(`
      CREATE TABLE core.erros_ordem_fabrico (
        ofch_id uuid NOT NULL,
        ofch_descricao_erro text NOT NULL,
        ofch_of_id bigint NOT NULL,
        ofch_fase_avaliacao bigint,
        ofch_gravidade integer NOT NULL,
        ofch_faseof_avaliacao bigint,
        ofch_faseof_culpada bigint,
        ofch_event_time timestamptz NOT NULL,
        CONSTRAINT pk_erros_ordem_fabrico PRIMARY KEY (ofch_id, ofch_of_id),
        CONSTRAINT ck_ofch_gravidade CHECK (ofch_gravidade IN (1, 2, 3)),
        CONSTRAINT fk_ofch_ordem FOREIGN KEY (ofch_of_id) REFERENCES core.ordens_fabrico (of_id)
      ) PARTITION BY HASH (ofch_of_id)`);
    await queryRunner.query(`CREATE INDEX idx_ofch_of ON core.erros_ordem_fabrico (ofch_of_id)`);
    await queryRunner.query(
      `CREATE INDEX idx_ofch_faseof_avaliacao ON core.erros_ordem_fabrico (ofch_faseof_avaliacao)`,
    );
    await queryRunner.query(`
      CREATE INDEX idx_ofch_faseof_culpada ON core.erros_ordem_fabrico (ofch_faseof_culpada)
        WHERE ofch_faseof_culpada IS NOT NULL`);
    for (const table of ['funcionarios_fase_ordem_fabrico', 'erros_ordem_fabrico']) {
      for (let remainder = 0; remainder < HASH_PARTITIONS; remainder += 1) {
        const suffix = String(remainder).padStart(2, '0');
        await queryRunner.query(`
          CREATE TABLE core.${table}_p${suffix} PARTITION OF core.${table}
            FOR VALUES WITH (MODULUS ${HASH_PARTITIONS}, REMAINDER ${remainder})`);
      }
    }

    // What an order's phases say about it, kept by the load so that lists need not visit the phases.
    await queryRunner.query(`
      CREATE TABLE core.ordens_estado (
        of_id bigint PRIMARY KEY REFERENCES core.ordens_fabrico (of_id) ON DELETE CASCADE,
        of_data_criacao timestamptz NOT NULL,
        fase_atual_id bigint,
        is_closed boolean NOT NULL,
        is_started boolean NOT NULL,
        open_phases integer NOT NULL,
        last_event_at timestamptz NOT NULL
      )`);
    await queryRunner.query(`
      CREATE INDEX idx_estado_fase_atual ON core.ordens_estado (fase_atual_id, of_data_criacao DESC, of_id DESC)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP SCHEMA ops CASCADE');
    await queryRunner.query('DROP SCHEMA staging CASCADE');
    await queryRunner.query('DROP SCHEMA core CASCADE');
  }
}
