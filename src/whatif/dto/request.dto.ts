import { ApiPropertyOptional } from '@nestjs/swagger';
import { RULES } from '@libs/simulation';

const FREE_OBJECT = { type: 'object', additionalProperties: true } as const;

/** What may be changed; every field may be left out. Read by src/whatif/requests, in all declared forms. */
export class ScenarioDto {
  @ApiPropertyOptional({ description: 'How waiting orders are chosen.', enum: RULES, default: 'FIFO' })
  priority_rule?: string;

  @ApiPropertyOptional({
    ...FREE_OBJECT,
    description:
      'By phase (id or exact name): a number or {throughput_multiplier}, above 0 to 100, multiplies the throughput; {n_funcionarios}, 1 to 1000, sets the servers.',
    example: { 42: { throughput_multiplier: 2 } },
  })
  capacity_overrides?: object;

  @ApiPropertyOptional({
    ...FREE_OBJECT,
    description:
      'Multiplies durations, above 0 to 100: {coef}, or {coeficiente, coeficiente_x}. Keys: a phase (12), produto:345, of:140725, or two of them (of:140725/fase:12).',
    example: { 42: { coef: 0.8 } },
  })
  coeficiente_overrides?: object;

  @ApiPropertyOptional({ ...FREE_OBJECT, description: 'The same, with bare numbers.', example: { 42: 0.8 } })
  coef_overrides?: object;

  @ApiPropertyOptional({
    ...FREE_OBJECT,
    description:
      'Which orders the figures are of: produtos, familias, fases, ids (lists), due_from, due_to (days). All active orders are simulated nevertheless, since they share the capacity.',
    example: { due_to: '2025-12-31' },
  })
  order_filter?: object;

  @ApiPropertyOptional({
    ...FREE_OBJECT,
    description:
      'closed_days: days on which nobody works. extra_shifts: {from, to} once, or {weekday 1..7, from, to, weeks} every week, everywhere or in fases.',
    example: { closed_days: ['2025-12-24'], extra_shifts: [{ weekday: 6, from: '08:00', to: '16:00' }] },
  })
  calendar?: object;

  @ApiPropertyOptional({
    ...FREE_OBJECT,
    description: 'Orders to come, drawn from the mix of the last 90 days at its pace: for so many days, at most 365.',
    example: { days: 30 },
  })
  future_arrivals?: object;

  @ApiPropertyOptional({
    ...FREE_OBJECT,
    description:
      'Replications with drawn durations and waits, the same draws in baseline and scenario: replications 2..200, confidence 0.9, 0.95 or 0.99, half_width_h: enough once the difference of the lead times is known to ± this.',
    example: { replications: 30, confidence: 0.95 },
  })
  stochastic?: object;

  @ApiPropertyOptional({ description: 'Of whatever is drawn.', type: 'integer', minimum: 0, default: 1 })
  seed?: number;
}

export class VipDto extends ScenarioDto {
  @ApiPropertyOptional({ description: 'Id of a product, or its exact name.', example: '28175' })
  sku?: string;

  @ApiPropertyOptional({ description: 'Pieces: as many orders.', type: 'integer', minimum: 0, maximum: 500 })
  quantidade?: number;

  @ApiPropertyOptional({ description: 'The due day.', example: '2025-12-31' })
  prazo?: string;
}

export class AvariaDto extends ScenarioDto {
  @ApiPropertyOptional({ description: 'The phase whose resource is out of order: id or exact name.', example: '42' })
  recurso?: string;

  @ApiPropertyOptional({ description: 'From this local time.', example: '2025-12-15T08:00' })
  de?: string;

  @ApiPropertyOptional({ description: 'Until this local time.', example: '2025-12-19T18:00' })
  ate?: string;
}
