import { Injectable } from '@nestjs/common';
import { FactoryTime } from '../common/factory-time';
import { filterOfTwoNames } from '../common/time-window';
import { freshness } from '../published/freshness';
import type { ExplanationDto, LeadTimePredictionDto, PredictionDto, RiskPredictionDto } from './dto/answers.dto';
import type { QuestionBodyDto } from './dto/question.dto';
import type { Question } from './serving/asked';
import { culpritRisks } from './serving/culprits';
import { type Explained, explainLeadTime, explainRisk } from './serving/explainer';
import { type LeadTimeAnswer, Predictor, type RiskAnswer } from './serving/predictor';

const HOURS = 24;
const TOP = 10;

/** Predictions and explanations in the forms of the API: hours, probabilities. */
@Injectable()
export class PredictionsService {
  constructor(
    private readonly predictor: Predictor,
    private readonly time: FactoryTime,
  ) {}

  async leadTime(question: QuestionBodyDto): Promise<LeadTimePredictionDto> {
    const answer = await this.predictor.leadTime(this.questionOf(question));
    const { prediction, baseline, asked, known } = answer;
    const predicted = HOURS * prediction.p50;
    const usual = HOURS * baseline.p50;
    const actual = asked.row === undefined ? NaN : HOURS * known.table.leadTime[asked.row];
    return {
      predicted_leadtime_hours: predicted,
      predicted_lead_time_h: predicted,
      confidence_interval: [HOURS * prediction.p10, HOURS * prediction.p90],
      baseline_leadtime_hours: usual,
      baseline_lead_time_h: usual,
      interval_widened: answer.outOfRange.length > 0,
      ...(Number.isNaN(actual) ? {} : { actual_leadtime_hours: actual }),
      ...this.fieldsOf(answer),
    };
  }

  async risk(question: QuestionBodyDto): Promise<RiskPredictionDto> {
    const asking = this.questionOf(question);
    const answer = await this.predictor.risk(asking, 'risk');
    const severe = await this.predictor.risk(asking, 'risk_severe');
    const { prediction, baseline, asked, known } = answer;
    const culprits = culpritRisks(asked, known);
    const hasEnded = asked.row !== undefined && !Number.isNaN(known.table.ended[asked.row]);
    return {
      predicted_risk: prediction,
      risk_score: prediction,
      baseline_risk: baseline,
      severe_risk: severe.prediction,
      severe_method: severe.answerer.method,
      severe_reason: severe.answerer.reason,
      by_culprit_phase: culprits.risks.map(({ culprit, risk }) => ({
        fase_id: culprit,
        fase_nome: known.phaseNames.get(culprit) ?? null,
        risk,
      })),
      culprit_method: 'baseline',
      culprit_baseline: culprits.baseline,
      culprit_reason: culprits.reason,
      ...(hasEnded && asked.row !== undefined ? { actual_error: known.table.severity[asked.row] > 0 } : {}),
      ...this.fieldsOf(answer),
    };
  }

  async explainLeadTime(question: QuestionBodyDto): Promise<ExplanationDto> {
    const answer = await this.predictor.leadTime(this.questionOf(question));
    return { ...explanationOf(await explainLeadTime(answer), HOURS), ...this.fieldsOf(answer) };
  }

  async explainRisk(question: QuestionBodyDto): Promise<ExplanationDto> {
    const answer = await this.predictor.risk(this.questionOf(question), 'risk');
    return { ...explanationOf(await explainRisk(answer), 1), ...this.fieldsOf(answer) };
  }

  private questionOf(question: QuestionBodyDto): Question {
    const { modelo_id, produto_id, of_id, family, data_transporte, feature_set, features, stats } = question;
    return {
      order: of_id,
      product: filterOfTwoNames({ modelo_id, produto_id }),
      family,
      due: data_transporte === undefined ? undefined : this.time.parse(data_transporte).getTime() / 1000,
      featureSet: feature_set,
      features: features ?? stats,
    };
  }

  private fieldsOf({
    asked,
    answerer,
    outOfRange,
    level,
    modelName,
    known,
  }: LeadTimeAnswer | RiskAnswer): PredictionDto {
    return {
      model_name: modelName,
      model_version: answerer.method === 'model' ? String(answerer.version) : `baseline ${answerer.baseline}`,
      prediction_method: answerer.method,
      method_reason: answerer.reason,
      feature_set: asked.featureSet,
      baseline_level: level,
      ...(asked.product === undefined ? {} : { produto_id: asked.product }),
      ...(asked.order === undefined ? {} : { of_id: String(asked.order) }),
      ...(asked.family === undefined ? {} : { family: asked.family }),
      out_of_range: outOfRange.map(({ name, label, value, low, high }) => ({
        feature: name,
        name: label,
        value,
        low,
        high,
      })),
      ...freshness(known.published, this.time),
    };
  }
}

function explanationOf(
  { prediction, base, contributions, method }: Explained,
  scale: number,
): Omit<ExplanationDto, keyof PredictionDto> {
  const total = contributions.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
  const rows = contributions.map(({ name, label, unit, value, contribution }) => ({
    name: Number.isNaN(value) ? `${label} (not known)` : label,
    feature: name,
    value: Number.isNaN(value) ? 0 : value,
    value_known: !Number.isNaN(value),
    unit,
    contribution: scale * contribution,
    importance: total === 0 ? 0 : Math.abs(contribution) / total,
  }));
  return {
    prediction: scale * prediction,
    base_value: scale * base,
    feature_importance: rows,
    features: rows,
    top_features: rows.slice(0, TOP),
    explanation_method: method,
  };
}
