import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A phase type a worker is able to do, since data_criacao (sheet FuncionariosFasesAptos). */
@Entity({ schema: 'core', name: 'funcionarios_fases_aptos' })
export class FuncionarioFaseApto {
  @PrimaryColumn({ type: 'bigint' })
  funcionario_id: number;

  @PrimaryColumn({ type: 'bigint' })
  fase_id: number;

  @Column({ type: 'timestamptz', nullable: true })
  data_criacao: Date | null;
}
