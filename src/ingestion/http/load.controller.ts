import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { RequireScope } from '../../auth/require-scope';
import { correlationIdOf } from '../../common/correlation-id';
import { ApiProblems } from '../../common/problem.dto';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { type Acceptance, IngestionService } from '../ingestion.service';
import { IngestionQueries } from '../queries/ingestion.queries';
import { CancelledDto, LoadAcceptedDto, LoadOptionsDto, RunRequestDto } from './dto/load.dto';
import { RunParamDto } from './dto/run-param.dto';
import {
  discardUpload,
  UPLOAD_FIELD,
  type UploadedRequest,
  WorkbookUploadInterceptor,
} from './workbook-upload.interceptor';

const NOTHING_TO_DO = 200;
const ACCEPTED = 202;

/** Starts and stops loads. */
@ApiTags('Ingestion')
@RequireScope('ingest')
@Controller()
export class LoadController {
  constructor(
    private readonly ingestion: IngestionService,
    private readonly queries: IngestionQueries,
    @Inject(ENV) private readonly env: Pick<Env, 'folhaIaPath'>,
  ) {}

  // The frontend's ingestion page asks for the second path with an empty body and the key in the query.
  @Post(['api/ingestion/run', 'api/ops/ingestion/run'])
  @ApiOperation({
    summary: 'Load a workbook from the data folder',
    description:
      'Answers at once; the load runs in the background. Without a body: the file of FOLHA_IA_PATH. One load at a ' +
      'time: a second one is a 409 with the `run_id` of the first.',
  })
  @ApiQuery({ name: 'api_key', required: false, description: 'The API key, where a header cannot be sent.' })
  @ApiBody({ type: RunRequestDto, required: false })
  @ApiAcceptedResponse({ description: 'Recorded as a run and queued.', type: LoadAcceptedDto })
  @ApiOkResponse({ description: 'The published data already are this content: nothing to do.', type: LoadAcceptedDto })
  @ApiProblems(400, 404, 409)
  async run(
    @Body() body: RunRequestDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LoadAcceptedDto> {
    const acceptance = await this.ingestion.accept({
      path: body.path ?? this.env.folhaIaPath,
      force: body.force,
      allowMassAbsence: body.allow_mass_absence,
      correlationId: correlationIdOf(request),
    });
    return this.answer(acceptance, response);
  }

  @Post('api/ingestion/upload')
  @UseInterceptors(WorkbookUploadInterceptor)
  @ApiOperation({
    summary: 'Upload a workbook and load it',
    description: `multipart/form-data with the workbook in the field \`${UPLOAD_FIELD}\`, of at most UPLOAD_MAX_BYTES.`,
  })
  @ApiConsumes('multipart/form-data')
  @ApiQuery({ name: 'api_key', required: false, description: 'The API key, where a header cannot be sent.' })
  @ApiBody({
    schema: {
      type: 'object',
      required: [UPLOAD_FIELD],
      properties: {
        [UPLOAD_FIELD]: { type: 'string', format: 'binary' },
        force: { type: 'boolean' },
        allow_mass_absence: { type: 'string', description: 'Sheet names, separated by commas.' },
      },
    },
  })
  @ApiAcceptedResponse({ description: 'Recorded as a run and queued.', type: LoadAcceptedDto })
  @ApiOkResponse({ description: 'The published data already are this content: nothing to do.', type: LoadAcceptedDto })
  @ApiProblems(400, 409, 413)
  async upload(
    @Body() options: LoadOptionsDto,
    @Req() request: UploadedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LoadAcceptedDto> {
    const path = request.workbookPath;
    const acceptance = await this.ingestion.accept({
      path,
      force: options.force,
      allowMassAbsence: options.allow_mass_absence,
      correlationId: correlationIdOf(request),
    });
    if (acceptance.outcome === 'NO_OP') await discardUpload(path);
    return this.answer(acceptance, response);
  }

  @Post('api/ingestion/cancel/:run_id')
  @HttpCode(ACCEPTED)
  @ApiOperation({
    summary: 'Stop a load',
    description: 'A queued run ends at once, a running one within a second or two; published data stay as they were.',
  })
  @ApiQuery({ name: 'api_key', required: false, description: 'The API key, where a header cannot be sent.' })
  @ApiAcceptedResponse({ type: CancelledDto })
  @ApiProblems(400, 404, 409)
  async cancel(@Param() { run_id: runId }: RunParamDto): Promise<CancelledDto> {
    return this.ingestion.cancel(runId);
  }

  private async answer(acceptance: Acceptance, response: Response): Promise<LoadAcceptedDto> {
    const runId = acceptance.runId;
    if (acceptance.outcome === 'QUEUED') {
      response.status(ACCEPTED);
      const message = `Queued as run ${runId}. Follow it at /api/ingestion/progress/${runId}.`;
      return { status: 'QUEUED', job_id: acceptance.jobId, run_id: runId, message };
    }
    response.status(NOTHING_TO_DO);
    const held = await this.queries.findRun(runId);
    return {
      status: 'NO_OP',
      job_id: 'none',
      run_id: runId,
      ...(held ? { total_processed: held.rows_extracted, total_rejected: held.rows_rejected } : {}),
      message: acceptance.message,
    };
  }
}
