import { Injectable } from '@nestjs/common';
import {
  type Artefact,
  type BaselineLevel,
  LEAD_TIME_BASELINES,
  type Quantiles,
  RISK_BASELINES,
  widened,
} from '@libs/learning';
import { Metrics } from '../../common/metrics';
import { NOT_SUPPORTED, NotSupportedError } from '../../common/not-supported';
import type { OrderModel } from '../models';
import { type Answerer, Answering } from './answering';
import { type Asked, type Question, understand, valuesFor } from './asked';
import { type KnownPast, KnownPasts, MINIMUM_FINISHED } from './known-past';
import { servedDuration, servedProbability } from './served-model';

/** How much further the ends of an interval lie when a value was never seen in training. */
const WIDENING = 1.5;

/** A value that lies outside of what the model learned from. */
export interface OutOfRange {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface Answered {
  readonly known: KnownPast;
  readonly asked: Asked;
  readonly modelName: OrderModel;
  readonly answerer: Answerer;
  readonly outOfRange: readonly OutOfRange[];
  /** The group that the baseline answered from. */
  readonly level: BaselineLevel;
}

/** Days. */
export interface LeadTimeAnswer extends Answered {
  readonly prediction: Quantiles;
  readonly baseline: Quantiles;
}

export interface RiskAnswer extends Answered {
  readonly prediction: number;
  readonly baseline: number;
}

/** Answers by the champion, or by the baseline. */
@Injectable()
export class Predictor {
  constructor(
    private readonly pasts: KnownPasts,
    private readonly answering: Answering,
    private readonly metrics: Metrics,
  ) {}

  /** @throws NotSupportedError with fewer than 500 finished orders */
  async known(): Promise<KnownPast> {
    const known = await this.pasts.current();
    const finished = known?.finished ?? 0;
    if (known === undefined || finished < MINIMUM_FINISHED) {
      throw new NotSupportedError({
        status: NOT_SUPPORTED,
        detail: `${finished} orders are finished: at least ${MINIMUM_FINISHED} are needed to predict from.`,
        reason: `Only ${finished} orders are finished; predictions need ${MINIMUM_FINISHED}.`,
        match_rate: Math.min(1, finished / MINIMUM_FINISHED),
        counts: { finished_orders: finished, needed: MINIMUM_FINISHED },
        suggestion: 'Load a workbook with more finished orders.',
      });
    }
    return known;
  }

  async leadTime(question: Question): Promise<LeadTimeAnswer> {
    const began = performance.now();
    const known = await this.known();
    const asked = understand(question, known);
    const modelName = asked.featureSet === 'transport' ? 'leadtime_transport' : 'leadtime';
    const answerer = await this.answering.answererOf(modelName, known);
    const baseline = leadTimeBaseline(answerer.baseline, asked, known);
    const { model } = answerer;
    const row = valuesFor(asked.featureSet, asked.values);
    const outOfRange = model === undefined ? [] : beyond(model.artefact, row);
    const predicted = model === undefined ? baseline : servedDuration(model, row);
    const prediction = outOfRange.length > 0 ? widened(predicted, WIDENING) : predicted;
    this.metrics.mlInferenceSeconds.observe({ model: modelName }, (performance.now() - began) / 1000);
    return { known, asked, modelName, answerer, outOfRange, prediction, baseline, level: baseline.level };
  }

  async risk(question: Question, modelName: 'risk' | 'risk_severe'): Promise<RiskAnswer> {
    const began = performance.now();
    const known = await this.known();
    const asked = understand(question, known);
    const answerer = await this.answering.answererOf(modelName, known);
    const baseline = riskBaseline(answerer.baseline, modelName, asked, known);
    const { model } = answerer;
    const row = valuesFor('creation', asked.values);
    const outOfRange = model === undefined ? [] : beyond(model.artefact, row);
    const prediction = model === undefined ? baseline.probability : servedProbability(model.artefact, row);
    this.metrics.mlInferenceSeconds.observe({ model: modelName }, (performance.now() - began) / 1000);
    return {
      known,
      asked,
      modelName,
      answerer,
      outOfRange,
      prediction,
      baseline: baseline.probability,
      level: baseline.level,
    };
  }
}

function beyond({ features, ranges }: Artefact, row: ArrayLike<number>): OutOfRange[] {
  return features.flatMap(({ name, label }, column) => {
    const range = ranges[column];
    const value = row[column];
    if (range === null || Number.isNaN(value) || (range[0] <= value && value <= range[1])) return [];
    return [{ name, label, value, low: range[0], high: range[1] }];
  });
}

function leadTimeBaseline(name: string, asked: Asked, known: KnownPast): Quantiles & { level: BaselineLevel } {
  const present = asked.view ?? known.viewOfProduct(asked.product);
  const baseline = LEAD_TIME_BASELINES.find((each) => each.name === name) ?? LEAD_TIME_BASELINES[0];
  const now = baseline.of(present);
  // For an order that exists: what the baseline said when it was created, if it could say anything then.
  const then = asked.row === undefined ? undefined : known.table.leadTimeBaselines.get(name)?.[asked.row];
  const answer = then ?? now;
  if (answer === undefined) throw new RangeError('nothing is finished');
  return { ...answer, level: now?.level ?? 'all' };
}

function riskBaseline(
  name: string,
  model: 'risk' | 'risk_severe',
  asked: Asked,
  known: KnownPast,
): { probability: number; level: BaselineLevel } {
  const severity = model === 'risk' ? 1 : 2;
  const present = asked.view ?? known.viewOfProduct(asked.product);
  const now = (RISK_BASELINES.find((each) => each.name === name) ?? RISK_BASELINES[0]).of(present, severity);
  const then = asked.row === undefined ? NaN : (known.table.riskBaselines.get(name)?.[severity][asked.row] ?? NaN);
  if (now === undefined) throw new RangeError('nothing is finished');
  return { probability: Number.isNaN(then) ? now.probability : then, level: now.level };
}
