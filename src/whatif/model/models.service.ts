import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { BacktestResult, FactoryModel } from '@libs/factory-model';
import { runInThread } from '../../common/run-in-thread';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import { type DataVersionRow, dataVersionOf } from './data-version';
import type { ModelThreadInput, ModelThreadOutput } from './model-thread';

const READ_DATA_VERSION = sqlFile(__dirname, 'sql/read_data_version.sql');
const READ_MODEL = sqlFile(__dirname, 'sql/read_model.sql');
const INSERT_MODEL = sqlFile(__dirname, 'sql/insert_model.sql');
const DELETE_OLDER_MODELS = sqlFile(__dirname, 'sql/delete_older_models.sql');
const THREAD = join(__dirname, 'model-thread');

/** A model, ready to be asked. */
export interface KnownModel {
  readonly dataVersion: string;
  readonly asOf: Date;
  readonly model: FactoryModel;
  /** The model as JSON: what threads are given. */
  readonly text: string;
  readonly backtest: readonly BacktestResult[];
}

/**
 * The model of the published data. Made once for each content, in a thread, by the job that follows a publish or else by
 * the first question, and stored: a start, or another process, reads it.
 */
@Injectable()
export class ModelsService {
  private latest: KnownModel | undefined;
  private making: Promise<KnownModel | undefined> | undefined;

  constructor(
    private readonly database: Database,
    @Inject(ENV) private readonly env: Pick<Env, 'factoryTz' | 'dormantDays' | 'terminalPhases'>,
  ) {}

  /** The model of what is published now; undefined while nothing with a recorded event is. */
  async current(): Promise<KnownModel | undefined> {
    const [row] = await this.database.query<DataVersionRow>(READ_DATA_VERSION);
    if (row === undefined || row.as_of === null) return undefined;
    const dataVersion = dataVersionOf(row, this.env);
    if (this.latest?.dataVersion === dataVersion) return this.latest;
    this.making ??= this.find(dataVersion).finally(() => (this.making = undefined));
    const found = await this.making;
    // A publish in between: what was made is of newer data than those asked about, and is as good.
    return found;
  }

  private async find(dataVersion: string): Promise<KnownModel | undefined> {
    const [stored] = await this.database.query<{ model: string; backtest: string; as_of: Date }>(READ_MODEL, [
      dataVersion,
    ]);
    if (stored !== undefined) {
      return this.keep(dataVersion, stored.as_of, stored.model, stored.backtest);
    }
    const { factoryTz, dormantDays, terminalPhases } = this.env;
    const input: ModelThreadInput = {
      connectionString: this.database.connectionString,
      settings: { factoryTz, dormantDays, terminalPhases },
    };
    const made = await runInThread<ModelThreadOutput>(THREAD, input);
    if (made === undefined) return undefined;
    const { version, asOf, model, backtest } = made;
    await this.database.query(INSERT_MODEL, [made.dataVersion, version, asOf, model, backtest]);
    await this.database.query(DELETE_OLDER_MODELS, [version]);
    return this.keep(made.dataVersion, asOf, model, backtest);
  }

  private keep(dataVersion: string, asOf: Date, text: string, backtest: string): KnownModel {
    const model = JSON.parse(text) as FactoryModel;
    this.latest = { dataVersion, asOf, model, text, backtest: JSON.parse(backtest) as BacktestResult[] };
    return this.latest;
  }
}
