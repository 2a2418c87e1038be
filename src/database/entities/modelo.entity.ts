import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A product of the catalogue (sheet Modelos). Weights in kg; gelcoat quantities in the workbook's own unit. Not every ordered product is in it. */
@Entity({ schema: 'core', name: 'modelos' })
export class Modelo {
  @PrimaryColumn({ type: 'bigint' })
  produto_id: number;

  @Column({ type: 'text', nullable: true })
  produto_nome: string | null;

  @Column({ type: 'double precision', nullable: true })
  produto_peso_desmolde: number | null;

  @Column({ type: 'double precision', nullable: true })
  produto_peso_acabamento: number | null;

  @Column({ type: 'double precision', nullable: true })
  produto_qtd_gel_deck: number | null;

  @Column({ type: 'double precision', nullable: true })
  produto_qtd_gel_casco: number | null;
}
