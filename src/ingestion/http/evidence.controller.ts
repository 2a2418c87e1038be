import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Costly } from '../../common/costly';
import { ApiProblems } from '../../common/problem.dto';
import { IngestionQueries, type IssueRow, type RejectRow } from '../queries/ingestion.queries';
import { csvStream } from './csv-stream';
import { IssueDto, IssuesDto, IssuesQueryDto, RejectDto, RejectsDto, RejectsQueryDto } from './dto/evidence.dto';
import { RunParamDto } from './dto/run-param.dto';
import { findRunOrFail } from './find-run';

const DEFAULT_LIMIT = 100;
/** Rows of one read of a CSV stream: 2,000 rejects with their raw rows are about 1 MB. */
const CSV_PAGE = 2_000;

/** What a load did not take, and what it took with a remark. */
@ApiTags('Ingestion')
@Costly()
@Controller('api/ingestion')
export class EvidenceController {
  constructor(private readonly queries: IngestionQueries) {}

  @Get('rejects/:run_id')
  @ApiOperation({ summary: 'Quarantined rows of a run, with the reason and the raw row; JSON pages or one CSV' })
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({ type: RejectsDto })
  @ApiProblems(400, 404)
  async rejects(
    @Param() { run_id: runId }: RunParamDto,
    @Query() query: RejectsQueryDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const holder = await this.holderOf(runId);
    const filter = { entity: query.entity, code: query.reason_code };
    if (wantsCsv(request, query.format)) {
      const header = ['run_id', 'entity', 'sheet', 'row', 'column', 'cell', 'reason_code', 'reason', 'raw_row'];
      const toCells = (row: RejectRow) => [
        runId,
        row.entity,
        row.sheet,
        row.src_row,
        row.column_name,
        row.cell,
        row.reason_code,
        row.reason,
        JSON.stringify(row.raw_row),
      ];
      const readPage = (cursor: string | undefined) =>
        this.queries.listRejects(holder, filter, { limit: CSV_PAGE, cursor });
      await sendCsv(response, `rejects-run-${runId}.csv`, csvStream(header, toCells, readPage));
      return;
    }
    const page = await this.queries.listRejects(holder, filter, {
      limit: query.limit ?? DEFAULT_LIMIT,
      cursor: query.cursor,
    });
    const body: RejectsDto = { run_id: runId, rejects: page.rows.map(toReject), next_cursor: page.nextCursor };
    response.json(body);
  }

  @Get('issues/:run_id')
  @ApiOperation({ summary: 'Findings about rows that were kept; JSON pages or one CSV' })
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({ type: IssuesDto })
  @ApiProblems(400, 404)
  async issues(
    @Param() { run_id: runId }: RunParamDto,
    @Query() query: IssuesQueryDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const holder = await this.holderOf(runId);
    const filter = { entity: query.entity, code: query.code };
    if (wantsCsv(request, query.format)) {
      const header = ['run_id', 'entity', 'sheet', 'row', 'column', 'code', 'key', 'detail'];
      const toCells = (row: IssueRow) => [
        runId,
        row.entity,
        row.sheet,
        row.src_row,
        row.column_name,
        row.code,
        row.row_key,
        row.detail,
      ];
      const readPage = (cursor: string | undefined) =>
        this.queries.listIssues(holder, filter, { limit: CSV_PAGE, cursor });
      await sendCsv(response, `issues-run-${runId}.csv`, csvStream(header, toCells, readPage));
      return;
    }
    const page = await this.queries.listIssues(holder, filter, {
      limit: query.limit ?? DEFAULT_LIMIT,
      cursor: query.cursor,
    });
    const body: IssuesDto = { run_id: runId, issues: page.rows.map(toIssue), next_cursor: page.nextCursor };
    response.json(body);
  }

  /** A load that found an earlier run's content again did not write its rejects a second time. */
  private async holderOf(runId: number): Promise<number> {
    const run = await findRunOrFail(this.queries, runId);
    return run.evidence_run_id ?? runId;
  }
}

function wantsCsv(request: Request, format: 'json' | 'csv' | undefined): boolean {
  return format === undefined ? request.accepts(['json', 'csv']) === 'csv' : format === 'csv';
}

async function sendCsv(response: Response, name: string, chunks: AsyncGenerator<Buffer>): Promise<void> {
  response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  response.setHeader('Vary', 'Accept');
  try {
    await pipeline(Readable.from(chunks, { objectMode: true, highWaterMark: 1 }), response);
  } catch (error) {
    // A client that leaves early is its own affair; anything else breaks the connection, so that half a list cannot
    // pass for a whole one.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

function toReject(row: RejectRow): RejectDto {
  return {
    entity: row.entity,
    sheet: row.sheet,
    row: row.src_row,
    column: row.column_name,
    cell: row.cell,
    reason_code: row.reason_code,
    reason: row.reason,
    raw_row: row.raw_row,
  };
}

function toIssue(row: IssueRow): IssueDto {
  return {
    entity: row.entity,
    code: row.code,
    sheet: row.sheet,
    row: row.src_row,
    column: row.column_name,
    key: row.row_key,
    detail: row.detail,
  };
}
