import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An error found on an order (sheet OrdemFabricoErros); the sheet has no key, so ofch_id is a fingerprint of the row. */
@Entity({ schema: 'core', name: 'erros_ordem_fabrico' })
export class ErroOrdemFabrico {
  @PrimaryColumn({ type: 'uuid' })
  ofch_id: string;

  @PrimaryColumn({ type: 'bigint' })
  ofch_of_id: number;

  @Column({ type: 'text' })
  ofch_descricao_erro: string;

  /** The phase type that found it. */
  @Column({ type: 'bigint', nullable: true })
  ofch_fase_avaliacao: number | null;

  /** 1, 2 or 3. */
  @Column({ type: 'integer' })
  ofch_gravidade: number;

  /** The faseof_id that found it. */
  @Column({ type: 'bigint', nullable: true })
  ofch_faseof_avaliacao: number | null;

  /** The faseof_id that caused it. */
  @Column({ type: 'bigint', nullable: true })
  ofch_faseof_culpada: number | null;

  @Column({ type: 'timestamptz' })
  ofch_event_time: Date;
}
