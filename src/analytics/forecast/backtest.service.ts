import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { Database } from '../../database/database';
import { computeBacktest, isBacktestCurrent } from './compute-backtest';

/** Keeps the stored backtest one of the published data. */
@Injectable()
export class BacktestService {
  constructor(
    private readonly database: Database,
    @Inject(ENV) private readonly env: Pick<Env, 'factoryTz' | 'dormantDays'>,
  ) {}

  /** @returns how many moments were computed; 0 when the stored ones are of the published data, or nothing is published */
  async compute(signal?: AbortSignal): Promise<number> {
    if (await isBacktestCurrent(this.database)) return 0;
    return computeBacktest(this.database, this.env, signal);
  }
}
