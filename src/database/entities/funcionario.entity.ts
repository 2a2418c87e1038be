import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A worker (sheet Funcionarios). */
@Entity({ schema: 'core', name: 'funcionarios' })
export class Funcionario {
  @PrimaryColumn({ type: 'bigint' })
  funcionario_id: number;

  @Column({ type: 'text', nullable: true })
  funcionario_nome: string | null;

  @Column({ type: 'integer', nullable: true })
  funcionario_activo: number | null;
}
