import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A step of a product's standard route (sheet FasesStandardModelos). The coefficients have no known unit. */
@Entity({ schema: 'core', name: 'fases_standard_modelos' })
export class FaseStandardModelo {
  @PrimaryColumn({ type: 'bigint' })
  produto_id: number;

  @PrimaryColumn({ type: 'bigint' })
  fase_id: number;

  @PrimaryColumn({ type: 'integer' })
  sequencia: number;

  @Column({ type: 'double precision', nullable: true })
  coeficiente: number | null;

  @Column({ type: 'double precision', nullable: true })
  coeficiente_x: number | null;
}
