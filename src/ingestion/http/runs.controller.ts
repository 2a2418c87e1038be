import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../common/problem.dto';
import { IngestionQueries } from '../queries/ingestion.queries';
import { RunReportDto, RunsDto, RunsQueryDto, RunStatusDto } from './dto/run.dto';
import { RunParamDto } from './dto/run-param.dto';
import { findRunOrFail } from './find-run';
import { RunViews } from './run-views';

const DEFAULT_LIMIT = 50;

/** What the product remembers of its loads. */
@ApiTags('Ingestion')
@Controller('api/ingestion')
export class RunsController {
  constructor(
    private readonly queries: IngestionQueries,
    private readonly views: RunViews,
  ) {}

  @Get('runs')
  @ApiOperation({ summary: 'The loads, newest first' })
  @ApiOkResponse({ type: RunsDto })
  @ApiProblems(400)
  async list(@Query() query: RunsQueryDto): Promise<RunsDto> {
    const page = await this.queries.listRuns({ limit: query.limit ?? DEFAULT_LIMIT, cursor: query.cursor });
    return { runs: page.rows.map((row) => this.views.summary(row)), next_cursor: page.nextCursor };
  }

  @Get('status/:run_id')
  @ApiOperation({ summary: 'Where a load stands' })
  @ApiOkResponse({ type: RunStatusDto })
  @ApiProblems(400, 404)
  async status(@Param() { run_id: runId }: RunParamDto): Promise<RunStatusDto> {
    return this.views.status(await findRunOrFail(this.queries, runId));
  }

  @Get('report/:run_id')
  @ApiOperation({
    summary: 'The account of a load',
    description: 'Of a run that has not ended: what is known so far, with empty lists.',
  })
  @ApiOkResponse({ type: RunReportDto })
  @ApiProblems(400, 404)
  async report(@Param() { run_id: runId }: RunParamDto): Promise<RunReportDto> {
    return this.views.report(await findRunOrFail(this.queries, runId));
  }
}
