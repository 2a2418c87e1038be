import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an order's phases say about it, written by every load so that lists need not visit the phases. */
@Entity({ schema: 'core', name: 'ordens_estado' })
export class OrdemEstado {
  @PrimaryColumn({ type: 'bigint' })
  of_id: number;

  @Column({ type: 'timestamptz' })
  of_data_criacao: Date;

  /** The type of the open phase, else of_fase_id. */
  @Column({ type: 'bigint', nullable: true })
  fase_atual_id: number | null;

  @Column({ type: 'boolean' })
  is_closed: boolean;

  @Column({ type: 'boolean' })
  is_started: boolean;

  @Column({ type: 'integer' })
  open_phases: number;

  @Column({ type: 'timestamptz' })
  last_event_at: Date;
}
