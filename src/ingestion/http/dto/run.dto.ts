import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { QueryInteger, QueryText } from '../../../common/query-params';
import { ORDER_CHANGE_KINDS } from '../../queries/run-report';

const STATUSES = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'INTERRUPTED'];
const MOMENT = '2025-12-12T07:31:05+00:00';

export class RunsQueryDto {
  @QueryInteger({ description: 'Runs on a page.', minimum: 1, maximum: 1000, default: 50 })
  limit?: number;

  @QueryText({ description: '`next_cursor` of the page before.' })
  cursor?: string;
}

export class ReportQueryDto {
  @ApiPropertyOptional({
    description: 'Instead of the Accept header: `json` for the data, `html` for the page.',
    enum: ['json', 'html'],
  })
  @IsOptional()
  @IsIn(['json', 'html'], { message: 'format must be json or html' })
  format?: 'json' | 'html';
}

export class RunWorkbookDto {
  @ApiProperty({ description: "The workbook's file name.", example: 'Folha_IA.xlsx' })
  name: string;

  @ApiProperty({ description: 'SHA-256 of the file; null until it was read.', nullable: true, type: String })
  sha256: string | null;

  @ApiProperty({
    description: 'Size of the workbook, in bytes; null for a load that never saw it.',
    nullable: true,
    type: Number,
    example: 38797312,
  })
  bytes: number | null;
}

export class RunErrorDto {
  @ApiProperty({ description: 'The reason, for programs.', example: 'HEADER_MISSING' })
  code: string;

  @ApiProperty({
    description: 'What is wrong, where, and what to do.',
    example: "Sheet Fases has no header Fase_Id; the nearest one found is 'FaseId_'.",
  })
  detail: string;

  @ApiPropertyOptional({ description: 'What to do about it.' })
  remedy?: string;
}

export class RunProgressDto {
  @ApiProperty({ description: 'The number of the load.', example: 12 })
  run_id: number;

  @ApiProperty({ description: 'Name of the step of the load.', example: 'extract' })
  step: string;

  @ApiProperty({ description: 'Of the whole run, 0..100.', example: 41.5 })
  percent: number;

  @ApiProperty({ description: 'Rows read so far.', example: 447210 })
  rows: number;

  @ApiProperty({ description: 'Rows read a second, since the load began.', example: 152000 })
  rows_per_second: number;

  @ApiPropertyOptional({ description: 'The sheet that is being read, while one is.', example: 'FasesOrdemFabrico' })
  sheet?: string;

  @ApiProperty({ description: 'When this was so.', example: MOMENT })
  at: string;
}

export class RunSummaryDto {
  @ApiProperty({ description: 'The number of the load.', example: 12 })
  run_id: number;

  @ApiProperty({ description: 'How far the load is, or how it ended.', enum: STATUSES })
  status: string;

  @ApiProperty({ description: 'Whether the data served now are those of this run.' })
  published: boolean;

  @ApiProperty({ description: 'When the load was asked for.', example: MOMENT })
  created_at: string;

  @ApiProperty({
    description: 'When work on it began; null while it waits.',
    nullable: true,
    type: String,
    example: MOMENT,
  })
  started_at: string | null;

  @ApiProperty({ description: 'When it ended; null until then.', nullable: true, type: String, example: MOMENT })
  finished_at: string | null;

  @ApiProperty({ description: 'What was loaded.', type: RunWorkbookDto })
  workbook: RunWorkbookDto;

  @ApiProperty({ description: 'Whether the workbook was invented by `--sample`.' })
  sample: boolean;

  @ApiProperty({ description: 'Whether it was asked for with force.' })
  forced: boolean;

  @ApiProperty({ description: 'Latest recorded event of the data.', nullable: true, type: String })
  as_of: string | null;

  @ApiProperty({ description: 'Rows read from the workbook.', example: 1078180 })
  rows_extracted: number;

  @ApiProperty({ description: 'Rows inserted, updated or found unchanged.', example: 1074517 })
  rows_merged: number;

  @ApiProperty({ description: 'Rows quarantined.', example: 3054 })
  rows_rejected: number;

  @ApiPropertyOptional({ description: 'Why it did not complete.', type: RunErrorDto })
  error?: RunErrorDto;
}

export class RunsDto {
  @ApiProperty({ description: 'Newest first.', type: [RunSummaryDto] })
  runs: RunSummaryDto[];

  @ApiPropertyOptional({ description: 'Absent on the last page.' })
  next_cursor?: string;
}

/** The frontend contract's form (total_sheets … completed_at) and ours. */
export class RunStatusDto extends RunSummaryDto {
  @ApiProperty({ description: 'Sheets a load reads.', example: 9 })
  total_sheets: number;

  @ApiProperty({ description: 'Rows read so far.', example: 1078180 })
  processed_rows: number;

  @ApiProperty({ description: 'Rows that are quarantined: read, kept beside, and in no figure.', example: 3054 })
  rejected_rows: number;

  @ApiProperty({
    description: 'finished_at, by the name that the frontend reads.',
    nullable: true,
    type: String,
    example: MOMENT,
  })
  completed_at: string | null;

  @ApiPropertyOptional({ description: 'The latest progress, while the run goes on.', type: RunProgressDto })
  progress?: RunProgressDto;

  @ApiPropertyOptional({
    description: 'The run that holds the rejects and issues, when this run found the same content as an earlier one.',
  })
  evidence_run_id?: number;
}

@ApiSchema({ name: 'SheetAccount' })
class SheetAccountDto {
  @ApiProperty({ description: 'The sheet, continuations included.', example: 'FasesOrdemFabrico' })
  sheet: string;

  @ApiProperty({
    description: 'Data rows. extracted = inserted + updated + unchanged + duplicates + quarantined, exactly.',
    example: 519079,
  })
  extracted: number;

  @ApiProperty({ description: 'Rows that are new.', example: 516090 })
  inserted: number;

  @ApiProperty({ description: 'Rows that say something else than before.', example: 0 })
  updated: number;

  @ApiProperty({ description: 'Rows that say what they said before.', example: 0 })
  unchanged: number;

  @ApiProperty({ description: 'Rows whose natural key came earlier in the same sheet.', example: 0 })
  duplicates: number;

  @ApiProperty({ description: 'Rows that cannot be used; each stands in rejects.', example: 2989 })
  quarantined: number;

  @ApiProperty({ description: 'Rows that left core because the workbook no longer has them.', example: 0 })
  absent: number;

  @ApiPropertyOptional({ description: 'Rows that left core because they are quarantined now.', example: 0 })
  withdrawn?: number;

  @ApiProperty({ description: 'Time spent on the sheet, in seconds.', example: 9.3 })
  seconds: number;
}

@ApiSchema({ name: 'RejectCount' })
class RejectCountDto {
  @ApiProperty({ description: 'The sheet of the rows.', example: 'FasesOrdemFabrico' })
  sheet: string;

  @ApiProperty({ description: 'Why rows are quarantined, for programs.', example: 'INVALID_TIME_RANGE' })
  reason_code: string;

  @ApiProperty({ description: 'Rows quarantined for this reason.', example: 2989 })
  count: number;
}

@ApiSchema({ name: 'IssueCount' })
class IssueCountDto {
  @ApiProperty({ description: 'The sheet of the rows.', example: 'OrdensFabrico' })
  sheet: string;

  @ApiProperty({ description: 'The finding, for programs.', example: 'MISSING_FINISH' })
  code: string;

  @ApiProperty({ description: 'Findings of this kind; the rows are kept.', example: 241 })
  count: number;
}

@ApiSchema({ name: 'MatchRate' })
class MatchRateDto {
  @ApiProperty({ description: 'The relationship.', example: 'produto_join' })
  name: string;

  @ApiProperty({ description: 'Distinct keys that exist in the other sheet.', example: 894 })
  matches: number;

  @ApiProperty({ description: 'Distinct keys.', example: 1233 })
  total: number;

  @ApiProperty({ description: 'matches / total, 0..1; null when total is 0.', nullable: true, type: Number })
  rate: number | null;

  @ApiProperty({
    description: 'Below it, what rests on this relationship is off or degraded.',
    nullable: true,
    type: Number,
  })
  threshold: number | null;

  @ApiProperty({
    description:
      'ON from the threshold on, DEGRADED or OFF below it; NO_DATA where nothing is referred to, UNKNOWN with too many distinct values to compare.',
    example: 'DEGRADED',
  })
  status: string;
}

@ApiSchema({ name: 'StepReport' })
class StepReportDto {
  @ApiProperty({ description: 'The step of the load.', example: 'merge' })
  name: string;

  @ApiProperty({ description: 'Its time, in seconds.', example: 6.1 })
  seconds: number;

  @ApiProperty({ description: 'Rows it was given.', example: 1078180 })
  rows: number;

  @ApiPropertyOptional({ description: 'Rows that came out of it.', example: 1074517 })
  rows_out?: number;

  @ApiPropertyOptional({ description: 'Rows it quarantined.', example: 0 })
  rows_rejected?: number;
}

@ApiSchema({ name: 'OrderChange' })
class OrderChangeDto {
  @ApiProperty({ description: 'Id of the order.', example: '140725' })
  of_id: string;

  @ApiProperty({ description: 'Its product; null where that is in no catalogue.', nullable: true, type: String })
  produto_nome: string | null;

  @ApiProperty({
    description: 'Of finished: the due date; of created: null; else the due date before.',
    nullable: true,
    type: String,
    format: 'date-time',
  })
  before: string | null;

  @ApiProperty({
    description: 'Of created: the creation; of finished: the finish; else the due date now.',
    nullable: true,
    type: String,
    format: 'date-time',
  })
  after: string | null;

  @ApiProperty({
    description: 'Days past the due day (finished, newly_late), or by which it moved; negative: earlier.',
    nullable: true,
    type: 'integer',
    example: 4,
  })
  days: number | null;
}

@ApiSchema({ name: 'OrderChanges' })
class OrderChangesDto {
  @ApiProperty({ description: 'What became of the orders.', enum: ORDER_CHANGE_KINDS })
  kind: string;

  @ApiProperty({ description: 'Orders that changed so.', type: 'integer', example: 12 })
  count: number;

  @ApiProperty({ description: 'The ten largest of these changes.', type: [OrderChangeDto] })
  examples: OrderChangeDto[];
}

@ApiSchema({ name: 'RunChanges' })
class RunChangesDto {
  @ApiProperty({ description: 'The load that was published before.', type: 'integer', example: 11 })
  since_run_id: number;

  @ApiProperty({ description: 'Every kind of change, also those of no order.', type: [OrderChangesDto] })
  orders: OrderChangesDto[];
}

export class RunReportDto {
  @ApiProperty({ description: 'The number of the load.', example: 12 })
  run_id: number;

  @ApiProperty({ description: 'How the load ended, or how far it is.', enum: STATUSES })
  status: string;

  @ApiPropertyOptional({
    description: 'When work on it began; null while it waits.',
    nullable: true,
    type: String,
    example: MOMENT,
  })
  started_at?: string | null;

  @ApiPropertyOptional({
    description: 'When it ended; null until then.',
    nullable: true,
    type: String,
    example: MOMENT,
  })
  finished_at?: string | null;

  @ApiPropertyOptional({ description: 'The run whose content this workbook repeats; its rejects and issues stand.' })
  same_content_as?: number;

  @ApiProperty({ description: 'Latest recorded event of the data.', nullable: true, type: String })
  as_of: string | null;

  @ApiProperty({ description: 'Whether the workbook was invented by --sample.', example: false })
  sample: boolean;

  @ApiProperty({ description: 'What was loaded.', type: RunWorkbookDto })
  workbook: RunWorkbookDto;

  @ApiProperty({
    description: 'One entry a sheet; the counts of each add up to the rows read.',
    type: [SheetAccountDto],
  })
  sheets: SheetAccountDto[];

  @ApiProperty({ description: 'Quarantined rows, counted by sheet and reason.', type: [RejectCountDto] })
  rejects: RejectCountDto[];

  @ApiProperty({ description: 'Findings about rows that are kept, counted by sheet and code.', type: [IssueCountDto] })
  issues: IssueCountDto[];

  @ApiProperty({ description: 'How many references of one sheet find their row in another.', type: [MatchRateDto] })
  match_rates: MatchRateDto[];

  @ApiProperty({ description: 'In the order in which they were done.', type: [StepReportDto] })
  steps: StepReportDto[];

  @ApiProperty({ description: 'What somebody should know, in words.', type: [String] })
  warnings: string[];

  @ApiProperty({ description: 'Of the whole run.', nullable: true, type: Number, example: 24.8 })
  seconds: number | null;

  @ApiProperty({ description: 'Peak memory of the loading process, MiB.', nullable: true, type: Number })
  peak_rss_mb: number | null;

  @ApiPropertyOptional({
    description: 'What it changed about orders; absent of a first load and of the same content.',
    type: RunChangesDto,
  })
  changes?: RunChangesDto;

  @ApiPropertyOptional({ description: 'Why it did not complete; absent otherwise.', type: RunErrorDto })
  error?: RunErrorDto;
}
