import type { BacktestResult } from '@libs/factory-model';
import { factoryZone } from '@libs/factory-time';
import type { KnownModel } from './model/models.service';

/** How far the model can be trusted: what it came to from past moments, without the table of phases. */
export interface Calibration {
  /** Day of the last recorded event. */
  data_date: string;
  /** Within 10 % of the factory's throughput over the last 90 days, fed with the orders that really came. */
  throughput_within_tolerance: boolean;
  backtest: Omit<BacktestResult, 'phases'>[];
}

/** What an answer says of the model behind it: the day of its data, and how it did on the past. */
export function calibrationOf({ asOf, backtest }: KnownModel, factoryTz: string): Calibration {
  return {
    data_date: factoryZone(factoryTz).dayOf(asOf.getTime()),
    throughput_within_tolerance: backtest.at(0)?.throughput.within_tolerance ?? false,
    backtest: backtest.map(withoutPhases),
  };
}

function withoutPhases(result: BacktestResult): Omit<BacktestResult, 'phases'> {
  const { days_ago, window_days, active_orders, arrived_orders, throughput, lead_time, on_time, failing_phases } =
    result;
  return { days_ago, window_days, active_orders, arrived_orders, throughput, lead_time, on_time, failing_phases };
}
