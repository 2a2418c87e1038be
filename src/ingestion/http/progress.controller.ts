import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblems } from '../../common/problem.dto';
import { IngestionQueries } from '../queries/ingestion.queries';
import { RunParamDto } from './dto/run-param.dto';
import { findRunOrFail } from './find-run';
import { END_ID, ProgressStreams } from './progress-streams';

@ApiTags('Ingestion')
@Controller('api/ingestion')
export class ProgressController {
  constructor(
    private readonly queries: IngestionQueries,
    private readonly streams: ProgressStreams,
  ) {}

  @Get('progress/:run_id')
  @ApiOperation({
    summary: 'A load while it runs, as server-sent events',
    description:
      'Events `progress` with `{run_id, status, step, percent, rows, rows_per_second, sheet?, at?}` when something ' +
      'changed (looked at twice a second), then one event `end` with the final status (and `error`), and the stream ' +
      'closes. An EventSource that reconnects after the end is answered 204, which makes it stop.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'The events.', schema: { type: 'string' } })
  @ApiProblems(400, 404)
  async progress(
    @Param() { run_id: runId }: RunParamDto,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const run = await findRunOrFail(this.queries, runId);
    if (lastEventId === END_ID) {
      response.status(204).end();
      return;
    }
    await this.streams.serve(run, response);
  }
}
