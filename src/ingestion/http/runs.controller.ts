import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblems } from '../../common/problem.dto';
import { IngestionQueries } from '../queries/ingestion.queries';
import { ReportQueryDto, RunReportDto, RunsDto, RunsQueryDto, RunStatusDto } from './dto/run.dto';
import { RunParamDto } from './dto/run-param.dto';
import { findRunOrFail } from './find-run';
import { ReportPages } from './report-page/report-pages';
import { CONTENT_SECURITY_POLICY } from './report-page/styles';
import { RunViews } from './run-views';

const DEFAULT_LIMIT = 50;

/** What the product remembers of its loads. */
@ApiTags('Ingestion')
@Controller('api/ingestion')
export class RunsController {
  constructor(
    private readonly queries: IngestionQueries,
    private readonly views: RunViews,
    private readonly pages: ReportPages,
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
    description:
      'As JSON, or for a browser (`Accept: text/html`) as one page that needs nothing else and prints well. Of a run that has not ended: what is known so far, with empty lists.',
  })
  @ApiOkResponse({
    description: 'The report, as data or as a page.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(RunReportDto) } },
      'text/html': { schema: { type: 'string' } },
    },
  })
  @ApiExtraModels(RunReportDto)
  @ApiProblems(400, 404)
  async report(
    @Param() { run_id: runId }: RunParamDto,
    @Query() { format }: ReportQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RunReportDto | string> {
    const run = await findRunOrFail(this.queries, runId);
    const report = this.views.report(run);
    response.vary('Accept');
    if ((format ?? request.accepts('json', 'html')) !== 'html') return report;
    response.type('html').setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    return this.pages.render(report, run.evidence_run_id ?? run.run_id);
  }
}
