import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who worked on a phase of an order (sheet FuncionariosFaseOrdemFabrico). Two thirds name a phase that is not in the workbook. */
@Entity({ schema: 'core', name: 'funcionarios_fase_ordem_fabrico' })
export class FuncionarioFaseOrdemFabrico {
  /** The faseof_id worked on. */
  @PrimaryColumn({ type: 'bigint' })
  funcionariofaseof_id: number;

  @PrimaryColumn({ type: 'bigint' })
  funcionario_id: number;

  @Column({ type: 'integer', nullable: true })
  chefe: number | null;
}
