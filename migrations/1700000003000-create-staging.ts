import { MigrationInterface, QueryRunner } from 'typeorm';

/** Columns every staging row has beside those of its sheet. */
const PROVENANCE = `
  src_sheet smallint NOT NULL,
  src_row integer NOT NULL,
  is_duplicate boolean NOT NULL DEFAULT false,
  reject_code text,
  reject_column text,
  reject_reason text,
  raw jsonb`;

const TABLES: Record<string, string> = {
  fases_catalogo_raw: `
    fase_id bigint, fase_nome text, fase_sequencia integer, fase_de_producao integer, fase_automatica integer`,
  modelos_raw: `
    produto_id bigint, produto_nome text, produto_peso_desmolde double precision,
    produto_peso_acabamento double precision, produto_qtd_gel_deck double precision,
    produto_qtd_gel_casco double precision`,
  funcionarios_raw: `funcionario_id bigint, funcionario_nome text, funcionario_activo integer`,
  funcionarios_fases_aptos_raw: `funcionario_id bigint, fase_id bigint, data_criacao timestamptz`,
  fases_standard_modelos_raw: `
    produto_id bigint, fase_id bigint, sequencia integer, coeficiente double precision,
    coeficiente_x double precision`,
  ordens_fabrico_raw: `
    of_id bigint, of_data_criacao timestamptz, of_data_acabamento timestamptz, of_produto_id bigint,
    of_fase_id bigint, of_data_transporte timestamptz`,
  fases_ordem_fabrico_raw: `
    faseof_id bigint, faseof_of_id bigint, faseof_inicio timestamptz, faseof_fim timestamptz,
    faseof_data_prevista timestamptz, faseof_coeficiente double precision, faseof_coeficiente_x double precision,
    faseof_fase_id bigint, faseof_peso double precision, faseof_retorno integer, faseof_turno integer,
    faseof_sequencia integer`,
  funcionarios_fase_ordem_fabrico_raw: `funcionariofaseof_id bigint, funcionario_id bigint, chefe integer`,
  erros_ordem_fabrico_raw: `
    ofch_id uuid, ofch_descricao_erro text, ofch_of_id bigint, ofch_fase_avaliacao bigint, ofch_gravidade integer,
    ofch_faseof_avaliacao bigint, ofch_faseof_culpada bigint`,
};

/**
 * Staging: one UNLOGGED table a sheet, emptied at the start of a load, without keys or foreign keys. A row keeps where
 * it stood in the workbook (`src_sheet` counts a sheet and its continuations from 0, `src_row` is Excel's row) and, when
 * its cells alone already tell that it cannot be kept, why. `raw` is set only where the typed columns cannot tell what
 * the cells held.
 */
export class CreateStaging1700000003000 implements MigrationInterface {
  name = 'CreateStaging1700000003000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(TABLES)) {
      await queryRunner.query(`CREATE UNLOGGED TABLE staging.${table} (${columns},${PROVENANCE})`);
    }
    // Findings about single cells of rows that are kept: sentinel and future dates.
    await queryRunner.query(`
      CREATE UNLOGGED TABLE staging.cell_issues_raw (
        entity text NOT NULL,
        src_sheet smallint NOT NULL,
        src_row integer NOT NULL,
        column_name text NOT NULL,
        cell text NOT NULL,
        code text NOT NULL,
        detail text
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE staging.cell_issues_raw');
    for (const table of Object.keys(TABLES).reverse()) {
      await queryRunner.query(`DROP TABLE staging.${table}`);
    }
  }
}
