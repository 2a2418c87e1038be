import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ORDER_FEATURES } from '@libs/learning';
import { RequireScope } from '../auth/require-scope';
import { FactoryTime } from '../common/factory-time';
import { ApiProblems } from '../common/problem.dto';
import { freshness } from '../published/freshness';
import { PublishedData } from '../published/published-data';
import { BacktestListDto, FeatureListDto, TrainingListDto, TrainingRequestedDto } from './dto/answers.dto';
import { ModelListDto } from './dto/model-list.dto';
import { ORDER_MODELS, type TrainingKind } from './models';
import { inListedOrder } from './registry/metrics-of';
import { ModelRegistry } from './registry/model-registry';
import { Answering } from './serving/answering';
import { KnownPasts, MINIMUM_FINISHED } from './serving/known-past';
import { TrainingService } from './training/training.service';

/** On two cores without the native backend: see the model cards. */
const USUAL_MINUTES = 3;

/** The models: which there are, how good they are, and how new ones are made. */
@ApiTags('Machine learning')
@Controller('api/ml')
export class MlController {
  constructor(
    private readonly registry: ModelRegistry,
    private readonly trainings: TrainingService,
    private readonly pasts: KnownPasts,
    private readonly answering: Answering,
    private readonly published: PublishedData,
    private readonly time: FactoryTime,
  ) {}

  @Get('models')
  @ApiOperation({ summary: 'List the trained models, newest first' })
  @ApiOkResponse({ type: ModelListDto })
  @ApiProblems()
  async models(): Promise<ModelListDto> {
    const published = await this.published.current();
    const models = (await this.registry.list()).map((row) => ({
      model_id: `${row.model_name}-${row.version}`,
      model_name: row.model_name,
      version: String(row.version),
      algorithm: row.algorithm,
      metrics: inListedOrder(row.metrics),
      is_active:
        row.status === 'CHAMPION' && row.serving_problem === null && row.sample === (published?.sample ?? false),
      status: row.status,
      reason: row.serving_problem ?? row.reason,
      created_at: this.time.iso(row.created_at),
      data_cutoff: this.time.iso(row.data_cutoff),
      dataset_hash: row.dataset_hash,
      artefact_sha256: row.artefact_sha256,
    }));
    return {
      models,
      total: models.length,
      active_count: models.filter(({ is_active }) => is_active).length,
      ...freshness(published, this.time),
    };
  }

  @Get('features')
  @ApiOperation({ summary: 'List what models look at, by the names that a question may give values for' })
  @ApiOkResponse({ type: FeatureListDto })
  features(): FeatureListDto {
    return { features: ORDER_FEATURES.map(({ name, label, unit }) => ({ feature: name, name: label, unit })) };
  }

  @Get('backtest')
  @ApiOperation({ summary: 'How good the models that answer were on orders that they did not learn from' })
  @ApiOkResponse({ type: BacktestListDto })
  @ApiProblems()
  async backtest(): Promise<BacktestListDto> {
    const published = await this.published.current();
    const known = await this.pasts.current();
    if (known === undefined || known.finished < MINIMUM_FINISHED)
      return { backtests: [], ...freshness(published, this.time) };
    const cards = await this.registry.cards(known.published.sample);
    const backtests = await Promise.all(
      cards.map(async ({ model_name, version, card, reason, serving_problem }) => {
        const model = ORDER_MODELS.find((name) => name === model_name);
        // What the remaining time is answered by is decided where ETAs are made, at a load.
        const answerer =
          model === undefined
            ? {
                method: serving_problem === null ? ('model' as const) : ('baseline' as const),
                reason: serving_problem ?? reason,
              }
            : await this.answering.answererOf(model, known);
        return {
          model_name,
          version: String(version),
          prediction_method: answerer.method,
          method_reason: answerer.reason,
          card,
        };
      }),
    );
    return { backtests, ...freshness(published, this.time) };
  }

  @Post('train/leadtime')
  @HttpCode(200)
  @RequireScope('train')
  @ApiOperation({ summary: 'Train the models of lead times; they answer once they beat the baseline' })
  @ApiOkResponse({ type: TrainingRequestedDto })
  @ApiProblems()
  trainLeadTime(): Promise<TrainingRequestedDto> {
    return this.train('leadtime');
  }

  @Post('train/risk')
  @HttpCode(200)
  @RequireScope('train')
  @ApiOperation({ summary: 'Train the models of the risk of errors; they answer once they beat the baseline' })
  @ApiOkResponse({ type: TrainingRequestedDto })
  @ApiProblems()
  trainRisk(): Promise<TrainingRequestedDto> {
    return this.train('risk');
  }

  @Post('train/remaining')
  @HttpCode(200)
  @RequireScope('train')
  @ApiOperation({
    summary: 'Train the model of remaining times; ETAs are made with it once it beats what makes them now',
  })
  @ApiOkResponse({ type: TrainingRequestedDto })
  @ApiProblems()
  trainRemaining(): Promise<TrainingRequestedDto> {
    return this.train('remaining');
  }

  @Get('train/jobs')
  @ApiOperation({ summary: 'List the trainings asked for last, with their progress' })
  @ApiOkResponse({ type: TrainingListDto })
  @ApiProblems()
  async jobs(): Promise<TrainingListDto> {
    const jobs = (await this.trainings.list()).map((row) => ({
      job_id: jobIdOf(row.training_id),
      model_name: row.kind,
      status: row.status.toLowerCase(),
      progress: row.progress,
      stage: row.stage,
      created_at: this.time.iso(row.requested_at),
      started_at: this.time.isoOrNull(row.started_at),
      ended_at: this.time.isoOrNull(row.ended_at),
      detail: row.detail,
    }));
    return { jobs };
  }

  private async train(kind: TrainingKind): Promise<TrainingRequestedDto> {
    const { training_id, status, requested_at } = await this.trainings.request(kind);
    return {
      status: status === 'RUNNING' ? 'running' : 'queued',
      job_id: jobIdOf(training_id),
      model_name: kind,
      estimated_duration_minutes: USUAL_MINUTES,
      message: 'GET /api/ml/train/jobs tells how far it is; what answers now answers on until a better one is there.',
      created_at: this.time.iso(requested_at),
    };
  }
}

function jobIdOf(trainingId: number): string {
  return `ml-train-${trainingId}`;
}
