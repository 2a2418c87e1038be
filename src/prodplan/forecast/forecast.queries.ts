import { sqlFile } from '../../database/sql-file';
import type { SnapshotQuery } from '../../published/published-data';
import type { EtaMethod } from '../eta-method';

const READ_RISK_QUEUE = sqlFile(__dirname, 'sql/read_risk_queue.sql');
const READ_ETA_BACKTEST = sqlFile(__dirname, 'sql/read_eta_backtest.sql');

export interface RiskRow {
  of_id: string;
  of_produto_id: number | null;
  produto_nome: string | null;
  of_data_transporte: Date;
  fase_atual_id: number | null;
  fase_atual: string | null;
  eta_p50: Date;
  eta_p80: Date;
  eta_method: EtaMethod;
  eta_method_reason: string;
  p_late: number;
  days_late: number;
  delay_seconds: number;
  late_start_seconds: number;
  waiting_seconds: number;
  waiting_fase_id: number | null;
  waiting_fase: string | null;
  rework_seconds: number;
  slow_phase_seconds: number;
  slow_phase_fase_id: number | null;
  slow_phase: string | null;
  rest_seconds: number;
}

export interface BacktestRow {
  moment: Date;
  version: number;
  as_of: Date;
  active: number;
  finished: number;
  absolute_error_seconds: number;
  signed_error_seconds: number;
  naive_absolute_error_seconds: number;
  naive_signed_error_seconds: number;
  covered: number;
  missed_unfinished: number;
  left_out: number;
  not_forecast: number;
}

/** The statements about forecasts, run inside one snapshot of the published data. */
export class ForecastQueries {
  constructor(private readonly query: SnapshotQuery) {}

  /**
   * Active orders that will probably miss their due day, the most probable first.
   * @param awakeFrom an order without an event since then is dormant; null: none is
   */
  readRiskQueue(limit: number, awakeFrom: Date | null): Promise<RiskRow[]> {
    return this.query<RiskRow>(READ_RISK_QUEUE, [limit, awakeFrom]);
  }

  /** The stored backtest by moment; no row when none was computed. */
  readBacktest(): Promise<BacktestRow[]> {
    return this.query<BacktestRow>(READ_ETA_BACKTEST);
  }
}
