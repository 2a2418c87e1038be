import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';

export class OutOfRangeDto {
  @ApiProperty({ description: 'The feature, for programs.', example: 'backlog' })
  feature: string;

  @ApiProperty({ description: 'The feature, in words.', example: 'backlog when the order was created' })
  name: string;

  @ApiProperty({ description: 'What was asked with, in the unit of the feature.', example: 4000 })
  value: number;

  @ApiProperty({ description: 'Least value in training.', example: 12 })
  low: number;

  @ApiProperty({ description: 'Greatest value in training.', example: 1480 })
  high: number;
}

/** What every prediction tells of itself. */
export class PredictionDto extends FreshnessDto {
  @ApiProperty({ description: 'What it predicts.', example: 'leadtime' })
  model_name: string;

  @ApiProperty({ description: 'The version that answered, or the name of the baseline.', example: '3' })
  model_version: string;

  @ApiProperty({
    description: 'Whether the learned model answered or the baseline.',
    enum: ['model', 'baseline'],
    example: 'model',
  })
  prediction_method: 'model' | 'baseline';

  @ApiProperty({ description: 'Why this method answered.' })
  method_reason: string;

  @ApiProperty({
    description: 'Whether the days to transport were among what was known.',
    enum: ['creation', 'transport'],
    example: 'creation',
  })
  feature_set: 'creation' | 'transport';

  @ApiProperty({ description: 'The group that the baseline looks at.', enum: ['product', 'family', 'all'] })
  baseline_level: 'product' | 'family' | 'all';

  @ApiPropertyOptional({ description: 'The product; absent when the question named none.', example: 28175 })
  produto_id?: number;

  @ApiPropertyOptional({ description: 'The order; absent when the question named none.', example: '140725' })
  of_id?: string;

  @ApiPropertyOptional({ description: 'The family of the product; absent when it has none.', example: 'K1 Vanquish' })
  family?: string;

  @ApiProperty({ description: 'Values that training never saw: the answer is less sure.', type: [OutOfRangeDto] })
  out_of_range: OutOfRangeDto[];
}

/** Answer of /api/ml/predict/leadtime. */
export class LeadTimePredictionDto extends PredictionDto {
  @ApiProperty({ description: 'As likely longer as shorter.', example: 1012.4 })
  predicted_leadtime_hours: number;

  @ApiProperty({ description: 'The same.', example: 1012.4 })
  predicted_lead_time_h: number;

  @ApiProperty({
    description: 'p10 and p90: four of five orders lie between.',
    type: [Number],
    example: [312.5, 2210.9],
  })
  confidence_interval: [number, number];

  @ApiProperty({ description: 'What the baseline answers.', example: 983.1 })
  baseline_leadtime_hours: number;

  @ApiProperty({ description: 'The same.', example: 983.1 })
  baseline_lead_time_h: number;

  @ApiProperty({ description: 'Whether a value out of range has widened the interval.' })
  interval_widened: boolean;

  @ApiPropertyOptional({ description: 'Of a finished order: how long it took.', example: 1120.5 })
  actual_leadtime_hours?: number;
}

export class CulpritRiskDto {
  @ApiProperty({ description: 'The phase type that would be named as the culprit.', type: 'integer', example: 18 })
  fase_id: number;

  @ApiProperty({
    description: 'Its name; null when the workbook has none.',
    type: String,
    nullable: true,
    example: 'Pintura',
  })
  fase_nome: string | null;

  @ApiProperty({ description: 'Probability of such an error, 0 to 1.', minimum: 0, maximum: 1, example: 0.68 })
  risk: number;
}

/** Answer of /api/ml/predict/risk. */
export class RiskPredictionDto extends PredictionDto {
  @ApiProperty({ description: 'Probability that the order has an error.', minimum: 0, maximum: 1, example: 0.71 })
  predicted_risk: number;

  @ApiProperty({ description: 'The same.', minimum: 0, maximum: 1 })
  risk_score: number;

  @ApiProperty({ description: 'What the baseline answers.', minimum: 0, maximum: 1 })
  baseline_risk: number;

  @ApiProperty({ description: 'Probability of an error of severity 2 or more.', minimum: 0, maximum: 1 })
  severe_risk: number;

  @ApiProperty({
    description: 'Whether the learned model answered about severe errors or the baseline.',
    enum: ['model', 'baseline'],
  })
  severe_method: 'model' | 'baseline';

  @ApiProperty({ description: 'Why that method answered.' })
  severe_reason: string;

  @ApiProperty({
    description: 'The ten likeliest culprits: how likely each causes an error, by what is known now.',
    type: [CulpritRiskDto],
  })
  by_culprit_phase: CulpritRiskDto[];

  @ApiProperty({ description: 'A rate always: no model is trained per culprit.', enum: ['baseline'] })
  culprit_method: 'baseline';

  @ApiProperty({
    description: 'The rate that did best on the orders finished last.',
    enum: ['product_rate', 'recent_rate', 'all_rate'],
  })
  culprit_baseline: string;

  @ApiProperty({ description: 'Why that rate answers, with the figures of all of them.' })
  culprit_reason: string;

  @ApiPropertyOptional({ description: 'Of a finished order: whether it had an error.' })
  actual_error?: boolean;
}

export class ContributionDto {
  @ApiProperty({ description: 'What a planner calls it.', example: 'backlog when the order was created' })
  name: string;

  @ApiProperty({ description: 'The feature, for programs.', example: 'backlog' })
  feature: string;

  @ApiProperty({ description: '0 where it is not known: see value_known.', example: 812 })
  value: number;

  @ApiProperty({
    description: 'False where the order says nothing of it, so that the usual value stood in.',
    example: true,
  })
  value_known: boolean;

  @ApiProperty({ description: 'What its values are counted in.', example: 'orders' })
  unit: string;

  @ApiProperty({ description: 'How much it lifts the prediction above the base, or lowers it.', example: 96.2 })
  contribution: number;

  @ApiProperty({ description: 'Its share of all contributions, whatever their sign.', minimum: 0, maximum: 1 })
  importance: number;
}

/** Answer of /api/ml/explain/*: base_value and the contributions add up to the prediction. */
export class ExplanationDto extends PredictionDto {
  @ApiProperty({ description: 'What is explained: hours, or a probability.' })
  prediction: number;

  @ApiProperty({ description: 'The mean prediction of real orders.' })
  base_value: number;

  @ApiProperty({
    description: 'Largest contribution first; all of them and the base value add up to the prediction.',
    type: [ContributionDto],
  })
  feature_importance: ContributionDto[];

  @ApiProperty({ description: 'The same.', type: [ContributionDto] })
  features: ContributionDto[];

  @ApiProperty({ description: 'The first ten.', type: [ContributionDto] })
  top_features: ContributionDto[];

  @ApiProperty({ description: 'How the contributions were computed.' })
  explanation_method: string;
}

/** Answer of POST /api/ml/train/*. */
export class TrainingRequestedDto {
  @ApiProperty({ description: 'queued when it waits for its turn.', enum: ['queued', 'running'] })
  status: 'queued' | 'running';

  @ApiProperty({ description: 'The training, to follow it by.', example: 'ml-train-7' })
  job_id: string;

  @ApiProperty({ description: 'What it predicts.', enum: ['leadtime', 'risk', 'remaining'] })
  model_name: string;

  @ApiProperty({ description: 'How long it will take, in minutes, by the trainings before.', example: 3 })
  estimated_duration_minutes: number;

  @ApiProperty({ description: 'What happens next.' })
  message: string;

  @ApiProperty({ description: 'When it was asked for.', format: 'date-time' })
  created_at: string;
}

export class TrainingDto {
  @ApiProperty({ description: 'The training, to follow it by.', example: 'ml-train-7' })
  job_id: string;

  @ApiProperty({ description: 'What it predicts.', enum: ['leadtime', 'risk', 'remaining'] })
  model_name: string;

  @ApiProperty({
    description: 'How far the training is, or how it ended.',
    enum: ['queued', 'running', 'completed', 'failed', 'interrupted'],
  })
  status: string;

  @ApiProperty({ description: 'Share of the work that is done.', minimum: 0, maximum: 1 })
  progress: number;

  @ApiProperty({ description: 'What it is at.', example: 'leadtime: trees', type: String, nullable: true })
  stage: string | null;

  @ApiProperty({ description: 'When it was asked for.', format: 'date-time' })
  created_at: string;

  @ApiProperty({ description: 'When it began.', format: 'date-time', type: String, nullable: true })
  started_at: string | null;

  @ApiProperty({ description: 'When it ended.', format: 'date-time', type: String, nullable: true })
  ended_at: string | null;

  @ApiProperty({ description: 'What it came to.', type: String, nullable: true })
  detail: string | null;
}

/** Answer of /api/ml/train/jobs. */
export class TrainingListDto {
  @ApiProperty({ description: 'Newest first.', type: [TrainingDto] })
  jobs: TrainingDto[];
}

export class FeatureDto {
  @ApiProperty({ description: 'The feature, for programs.', example: 'backlog' })
  feature: string;

  @ApiProperty({ description: 'The feature, in words.', example: 'backlog when the order was created' })
  name: string;

  @ApiProperty({ description: 'What its values are counted in.', example: 'orders' })
  unit: string;
}

/** Answer of /api/ml/features. */
export class FeatureListDto {
  @ApiProperty({ description: 'What a prediction may be asked with.', type: [FeatureDto] })
  features: FeatureDto[];
}

export class BacktestDto {
  @ApiProperty({ description: 'What it predicts.', example: 'leadtime' })
  model_name: string;

  @ApiProperty({ description: 'The version of the model.', example: '3' })
  version: string;

  @ApiProperty({ description: 'Whether the learned model answered or the baseline.', enum: ['model', 'baseline'] })
  prediction_method: 'model' | 'baseline';

  @ApiProperty({ description: 'Why that method answers, with its figures over the orders finished last.' })
  method_reason: string;

  @ApiProperty({
    description: 'The model card: cut-offs, rows, measures of model and baselines by period, quarter and family.',
    type: 'object',
    additionalProperties: true,
  })
  card: object;
}

/** Answer of /api/ml/backtest. */
export class BacktestListDto extends FreshnessDto {
  @ApiProperty({ description: 'One entry a model.', type: [BacktestDto] })
  backtests: BacktestDto[];
}
