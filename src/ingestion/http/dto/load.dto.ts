import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { SHEETS } from '@libs/workbook';
import { trueOrFalse } from '../../../common/query-params';

/** Sheets of the workbook by the names the factory's export gives them. */
export const SHEET_NAMES: readonly string[] = SHEETS.map((sheet) => sheet.sheet);

/** A form field is always text; a JSON body has the real thing. */
function toBoolean({ value }: { value: unknown }): unknown {
  if (typeof value !== 'string') return value;
  return value === '' ? undefined : trueOrFalse(value);
}

/** One name, a list, or (in a form) names separated by commas. */
function toList({ value }: { value: unknown }): unknown {
  if (typeof value !== 'string') return value;
  const names = value.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '');
}

/** How a workbook is to be loaded; what an upload may say beside its file. */
export class LoadOptionsDto {
  @ApiPropertyOptional({
    description: 'Load and check again even when this very content is the published one.',
    default: false,
  })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean({ message: 'must be true or false' })
  force?: boolean;

  @ApiPropertyOptional({
    description:
      'Sheets of which more than 5 % of the rows may be absent from this workbook; without it such a load stops (MASS_ABSENCE).',
    type: [String],
    enum: SHEET_NAMES,
    example: ['OrdemFabricoErros'],
  })
  @IsOptional()
  @Transform(toList)
  @IsArray({ message: 'must be a list of sheet names' })
  @ArrayMaxSize(SHEETS.length)
  @IsIn(SHEET_NAMES, { each: true, message: `must name sheets among ${SHEET_NAMES.join(', ')}` })
  allow_mass_absence?: string[];
}

export class RunRequestDto extends LoadOptionsDto {
  @ApiPropertyOptional({
    description: 'The workbook, below the data folder (DATA_DIR). Without it, the file of FOLHA_IA_PATH.',
    example: 'raw/Folha_IA.xlsx',
  })
  @IsOptional()
  @IsString({ message: 'must be a path below the data folder' })
  @MinLength(1, { message: 'must not be empty: leave it out to load the file of FOLHA_IA_PATH' })
  @Matches(/^[^\0]*$/, { message: 'must not hold a null character' })
  @MaxLength(4096)
  path?: string;
}

export class LoadAcceptedDto {
  @ApiProperty({
    description: 'QUEUED: a run was recorded. NO_OP: the published data already are this content.',
    enum: ['QUEUED', 'NO_OP'],
  })
  status: 'QUEUED' | 'NO_OP';

  @ApiProperty({
    description: 'The job in the queue; `none` when there was nothing to do.',
    example: 'ingestion-load-12',
  })
  job_id: string;

  @ApiProperty({ description: 'The run to follow; for NO_OP the run that holds this content.', example: 12 })
  run_id: number;

  @ApiPropertyOptional({ description: 'NO_OP only: rows that run extracted.', example: 1078180 })
  total_processed?: number;

  @ApiPropertyOptional({ description: 'NO_OP only: rows that run quarantined.', example: 3054 })
  total_rejected?: number;

  @ApiProperty({
    description: 'What happens now, in words.',
    example: 'Queued as run 12. Follow it at /api/ingestion/progress/12.',
  })
  message: string;
}

export class CancelledDto {
  @ApiProperty({ description: 'The number of the load.', example: 12 })
  run_id: number;

  @ApiProperty({ description: 'The status at this moment: a running load stops within a second or two.' })
  status: string;
}
