import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Whether the loaded data allow a function. */
export class GateDto {
  @ApiProperty({ description: 'Name of the function.', example: 'employee_productivity' })
  feature: string;

  @ApiProperty({ description: 'Whether it answers.', example: false })
  enabled: boolean;

  @ApiPropertyOptional({ description: 'ON when it is on; left out when it is off.', enum: ['ON'] })
  status?: 'ON';

  @ApiPropertyOptional({ description: 'Why it is off, or degraded.' })
  reason?: string;

  @ApiPropertyOptional({
    description: 'Share of distinct keys that found their partner, 0..1, over every row as extracted.',
    minimum: 0,
    maximum: 1,
    example: 0.323,
  })
  match_rate?: number;

  @ApiPropertyOptional({ description: 'Rate below which it is off, or degraded, 0..1.', example: 0.9 })
  threshold?: number;

  @ApiPropertyOptional({ description: 'What would open it.' })
  suggestion?: string;

  @ApiPropertyOptional({ description: 'True when it answers from a part of the data.', example: false })
  degraded?: boolean;

  @ApiPropertyOptional({
    description: 'What is matched with what.',
    example: 'FuncionariosFaseOrdemFabrico.FaseOfId in FasesOrdemFabrico.FaseOf_Id',
  })
  relationship?: string;
}
