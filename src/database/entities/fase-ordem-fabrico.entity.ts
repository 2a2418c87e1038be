import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A phase of an order (sheet FasesOrdemFabrico), partitioned by month of faseof_event_time; faseof_id alone is unique too. */
@Entity({ schema: 'core', name: 'fases_ordem_fabrico' })
export class FaseOrdemFabrico {
  @PrimaryColumn({ type: 'bigint' })
  faseof_id: number;

  /** The first of fim, inicio, data_prevista and the order's creation. */
  @PrimaryColumn({ type: 'timestamptz' })
  faseof_event_time: Date;

  @Column({ type: 'bigint' })
  faseof_of_id: number;

  @Column({ type: 'timestamptz', nullable: true })
  faseof_inicio: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  faseof_fim: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  faseof_data_prevista: Date | null;

  @Column({ type: 'double precision', nullable: true })
  faseof_coeficiente: number | null;

  @Column({ type: 'double precision', nullable: true })
  faseof_coeficiente_x: number | null;

  @Column({ type: 'bigint' })
  faseof_fase_id: number;

  /** Kilograms; 0 where nobody weighed. */
  @Column({ type: 'double precision', nullable: true })
  faseof_peso: number | null;

  @Column({ type: 'integer', nullable: true })
  faseof_retorno: number | null;

  @Column({ type: 'integer', nullable: true })
  faseof_turno: number | null;

  @Column({ type: 'integer', nullable: true })
  faseof_sequencia: number | null;

  @Column({ type: 'bigint', nullable: true })
  faseof_duration_seconds: number | null;

  @Column({ type: 'boolean' })
  faseof_is_open: boolean;

  @Column({ type: 'boolean' })
  faseof_is_done: boolean;
}
