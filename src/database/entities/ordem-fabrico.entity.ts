import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A manufacturing order (sheet OrdensFabrico). of_produto_id may name a product that is in no Modelos row. */
@Entity({ schema: 'core', name: 'ordens_fabrico' })
export class OrdemFabrico {
  @PrimaryColumn({ type: 'bigint' })
  of_id: number;

  @Column({ type: 'timestamptz' })
  of_data_criacao: Date;

  @Column({ type: 'timestamptz', nullable: true })
  of_data_acabamento: Date | null;

  @Column({ type: 'bigint', nullable: true })
  of_produto_id: number | null;

  @Column({ type: 'bigint', nullable: true })
  of_fase_id: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  of_data_transporte: Date | null;
}
