import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A phase type of the catalogue (sheet Fases). */
@Entity({ schema: 'core', name: 'fases_catalogo' })
export class FaseCatalogo {
  @PrimaryColumn({ type: 'bigint' })
  fase_id: number;

  @Column({ type: 'text', nullable: true })
  fase_nome: string | null;

  @Column({ type: 'integer', nullable: true })
  fase_sequencia: number | null;

  @Column({ type: 'integer', nullable: true })
  fase_de_producao: number | null;

  @Column({ type: 'integer', nullable: true })
  fase_automatica: number | null;
}
