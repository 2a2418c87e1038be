import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { SHEETS } from '@libs/workbook';
import { QueryInteger, QueryText } from '../../../common/query-params';

const ENTITIES: readonly string[] = SHEETS.map((sheet) => sheet.entity);

/** An entity (`ordens_fabrico`), also by the name of its sheet (`OrdensFabrico`); an empty one means all. */
function QueryEntity(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description: 'Only this table (or the sheet it comes from).', enum: ENTITIES }),
    IsOptional(),
    Transform(({ value }: { value: unknown }) =>
      value === '' ? undefined : (SHEETS.find((sheet) => sheet.sheet === value)?.entity ?? value),
    ),
    IsIn(ENTITIES, { message: `must be one of ${ENTITIES.join(', ')}` }),
  );
}

function QueryCode(description: string, example: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description, example }),
    IsOptional(),
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value)),
    Matches(/^[A-Z][A-Z0-9_]{0,63}$/, { message: `must be a code such as ${example}` }),
  );
}

function QueryFormat(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      description: '`csv` answers all rows as one stream (limit and cursor are not used); so does `Accept: text/csv`.',
      enum: ['json', 'csv'],
    }),
    IsOptional(),
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value)),
    IsIn(['json', 'csv'], { message: 'must be json or csv' }),
  );
}

class EvidenceQueryDto {
  @QueryEntity()
  entity?: string;

  @QueryInteger({ description: 'Rows on a page.', minimum: 1, maximum: 1000, default: 100 })
  limit?: number;

  @QueryText({ description: '`next_cursor` of the page before.' })
  cursor?: string;

  @QueryFormat()
  format?: 'json' | 'csv';
}

export class RejectsQueryDto extends EvidenceQueryDto {
  @QueryCode('Only rows quarantined for this reason.', 'INVALID_TIME_RANGE')
  reason_code?: string;
}

export class IssuesQueryDto extends EvidenceQueryDto {
  @QueryCode('Only findings with this code.', 'ORPHAN_PRODUCT')
  code?: string;
}

export class RejectDto {
  @ApiProperty({ description: 'The table that the row would have gone to.', example: 'fases_ordem_fabrico' })
  entity: string;

  @ApiProperty({ description: 'The sheet, by its name in the workbook.', example: 'FasesOrdemFabrico' })
  sheet: string;

  @ApiProperty({ description: "Excel's row number.", example: 40217 })
  row: number;

  @ApiProperty({
    description: 'The header of the cell at fault; null where the row as a whole is.',
    nullable: true,
    type: String,
    example: 'FaseOf_Fim',
  })
  column: string | null;

  @ApiProperty({ description: 'Address of the cell in the sheet.', nullable: true, type: String, example: 'D40217' })
  cell: string | null;

  @ApiProperty({ description: 'Why rows are quarantined, for programs.', example: 'INVALID_TIME_RANGE' })
  reason_code: string;

  @ApiProperty({
    description: 'What is wrong, in words.',
    example: 'ends 2024-03-01T08:00:00, before it starts 2024-03-01T16:30:00',
  })
  reason: string;

  @ApiProperty({ description: 'The row as the workbook holds it.', type: Object })
  raw_row: unknown;
}

export class RejectsDto {
  @ApiProperty({ description: 'The number of the load.', example: 12 })
  run_id: number;

  @ApiProperty({ description: 'In the order of the sheets and their rows.', type: [RejectDto] })
  rejects: RejectDto[];

  @ApiPropertyOptional({ description: 'Absent on the last page.' })
  next_cursor?: string;
}

export class IssueDto {
  @ApiProperty({ description: 'The table of the row.', example: 'ordens_fabrico' })
  entity: string;

  @ApiProperty({ description: 'The finding, for programs.', example: 'ORPHAN_PRODUCT' })
  code: string;

  @ApiProperty({ description: 'The sheet of the row.', example: 'OrdensFabrico' })
  sheet: string;

  @ApiProperty({ description: "Excel's row number.", example: 17 })
  row: number;

  @ApiProperty({
    description: 'The header of the cell that it is about; null where it is about the row.',
    nullable: true,
    type: String,
    example: 'Of_ProdutoId',
  })
  column: string | null;

  @ApiProperty({ description: 'Natural key of the row.', nullable: true, type: String, example: '123456' })
  key: string | null;

  @ApiProperty({ description: 'What was found, where the code alone does not say it.', nullable: true, type: String })
  detail: string | null;
}

export class IssuesDto {
  @ApiProperty({ description: 'The number of the load.', example: 12 })
  run_id: number;

  @ApiProperty({ description: 'In the order of the sheets and their rows.', type: [IssueDto] })
  issues: IssueDto[];

  @ApiPropertyOptional({ description: 'Absent on the last page.' })
  next_cursor?: string;
}
