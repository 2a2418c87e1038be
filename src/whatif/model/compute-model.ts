import type { PoolClient } from 'pg';
import {
  BACKTEST_DAYS,
  type BacktestResult,
  backtestModel,
  buildModel,
  CASE_DAYS,
  type FactoryModel,
} from '@libs/factory-model';
import { loadFactoryData, type LoadSettings } from './load-factory-data';

/** The Forecaster looks this far back for comparable orders, days. */
const LOOK_BACK_DAYS = 364;

/** A model with what it came to in the past. */
export interface ComputedModel {
  readonly model: FactoryModel;
  readonly backtest: readonly BacktestResult[];
}

/** Reads core and makes the model of the published data; takes seconds of a core on the factory's workbook. */
export async function computeModel(
  client: Pick<PoolClient, 'query'>,
  asOf: Date,
  settings: LoadSettings,
): Promise<ComputedModel> {
  const days = Math.max(...BACKTEST_DAYS) + Math.max(CASE_DAYS, LOOK_BACK_DAYS);
  const data = await loadFactoryData(client, asOf, days, settings);
  return { model: buildModel(data, data.end), backtest: backtestModel(data) };
}
