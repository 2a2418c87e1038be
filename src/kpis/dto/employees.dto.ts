import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { WindowDto } from './kpis.dto';

/** A worker in a window. */
export class KpiEmployeeDto {
  @ApiProperty({ description: 'Worker.', type: 'integer', example: 7 })
  funcionario_id: number;

  @ApiProperty({ description: 'Name of the worker.', type: String, nullable: true, example: 'Trabalhador A' })
  funcionario_nome: string | null;

  @ApiProperty({ description: 'Phases worked on that ended in the window.', type: 'integer', example: 212 })
  phases_worked: number;

  @ApiProperty({ description: 'Those worked on as chief.', type: 'integer', example: 31 })
  phases_as_chief: number;

  @ApiProperty({
    description: 'Hours from start to end of those phases; a phase counts whole for each of its team.',
    example: 402.5,
  })
  elapsed_hours: number;

  @ApiProperty({ description: 'The same hours, those of a phase divided equally among its team.', example: 188.25 })
  elapsed_hours_shared: number;

  @ApiProperty({
    description:
      "Median of duration / the phase type's median duration in the window; 1 is as usual. Null without a positive duration.",
    type: Number,
    nullable: true,
    example: 0.93,
  })
  ratio_to_phase_median: number | null;

  @ApiProperty({ description: 'Errors that name one of those phases as the culprit.', type: 'integer', example: 4 })
  errors: number;
}

/** Key figures by worker; while the data do not support them, NOT_SUPPORTED_BY_DATA and why. */
export class KpisByEmployeeDto extends WindowDto {
  @ApiProperty({
    type: [KpiEmployeeDto],
    description: 'Most phases first, then by worker; empty with NOT_SUPPORTED_BY_DATA.',
  })
  employees: KpiEmployeeDto[];

  @ApiPropertyOptional({ description: 'Only while the data do not support it.', enum: ['NOT_SUPPORTED_BY_DATA'] })
  status?: 'NOT_SUPPORTED_BY_DATA';

  @ApiPropertyOptional({ description: 'What is missing, for a person to read.' })
  detail?: string;

  @ApiPropertyOptional({ description: 'The gate that is closed.', example: 'employee_productivity' })
  reason?: string;

  @ApiPropertyOptional({
    description:
      'Phases named by assignments that exist / phases named, 0..1; absent when the data hold no assignments.',
    minimum: 0,
    maximum: 1,
    example: 0.323,
  })
  match_rate?: number;

  @ApiPropertyOptional({ description: 'The rate from which figures are given.', example: 0.9 })
  threshold?: number;

  @ApiPropertyOptional({ description: 'Phases named by assignments that exist.', type: 'integer', example: 116505 })
  matches?: number;

  @ApiPropertyOptional({ description: 'Phases named by assignments.', type: 'integer', example: 360646 })
  total?: number;

  @ApiPropertyOptional({ description: 'What would mend it.' })
  suggestion?: string;
}
