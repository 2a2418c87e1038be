import type { IngestionApp } from './ingestion-app';

const KEYS: Readonly<Record<string, string>> = {
  fases_catalogo: 'fase_id',
  modelos: 'produto_id',
  funcionarios: 'funcionario_id',
  funcionarios_fases_aptos: 'funcionario_id, fase_id',
  fases_standard_modelos: 'produto_id, fase_id, sequencia',
  ordens_fabrico: 'of_id',
  fases_ordem_fabrico: 'faseof_id',
  funcionarios_fase_ordem_fabrico: 'funcionariofaseof_id, funcionario_id',
  erros_ordem_fabrico: 'ofch_id',
  ordens_estado: 'of_id',
};

/** Everything core holds, table by table. */
export async function coreOf(app: IngestionApp): Promise<Record<string, unknown[]>> {
  const content: Record<string, unknown[]> = {};
  for (const [table, key] of Object.entries(KEYS)) {
    content[table] = (await app.sql.query(`SELECT * FROM core.${table} ORDER BY ${key}`)).rows;
  }
  return content;
}
