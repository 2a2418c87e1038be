import { createHash } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import { ALGORITHM, type ModelName } from '../models';
import type { TaskCard, TrainedTask } from '../training/train-task';
import { metricsOf } from './metrics-of';

const LIST_MODELS = sqlFile(__dirname, '../sql/list_models.sql');
const FIND_CHAMPION = sqlFile(__dirname, '../sql/find_champion.sql');
const READ_CHAMPION_CARDS = sqlFile(__dirname, '../sql/read_champion_cards.sql');
const NEXT_VERSION = sqlFile(__dirname, '../sql/next_version.sql');
const RETIRE_CHAMPION = sqlFile(__dirname, '../sql/retire_champion.sql');
const INSERT_MODEL = sqlFile(__dirname, '../sql/insert_model.sql');
const MARK_SERVING_PROBLEM = sqlFile(__dirname, '../sql/mark_serving_problem.sql');

export interface ModelRow {
  model_name: string;
  version: number;
  algorithm: string;
  status: 'CHAMPION' | 'RETIRED' | 'REJECTED';
  reason: string;
  sample: boolean;
  data_cutoff: Date;
  dataset_hash: string;
  metrics: Record<string, number>;
  artefact_sha256: string;
  serving_problem: string | null;
  created_at: Date;
}

export interface Champion {
  version: number;
  artefact_path: string;
  artefact_sha256: string;
  serving_problem: string | null;
}

export interface ChampionCard {
  model_name: string;
  version: number;
  reason: string;
  serving_problem: string | null;
  created_at: Date;
  card: TaskCard;
}

/** What a version was learned from. */
export interface Origin {
  readonly trainingId: number;
  readonly sample: boolean;
  /** The data clock of the load it was learned from. */
  readonly dataCutoff: Date;
}

/** The versions of all models: rows of ops.model_registry, files below DATA_DIR/models. */
@Injectable()
export class ModelRegistry {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'dataDir'>,
  ) {}

  list(): Promise<ModelRow[]> {
    return this.database.query<ModelRow>(LIST_MODELS);
  }

  /** The version that may answer, learned from data as real or as invented as those that are served. */
  async champion(model: ModelName, sample: boolean): Promise<Champion | undefined> {
    return (await this.database.query<Champion>(FIND_CHAMPION, [model, sample])).at(0);
  }

  cards(sample: boolean): Promise<ChampionCard[]> {
    return this.database.query<ChampionCard>(READ_CHAMPION_CARDS, [sample]);
  }

  /** The file of an artefact, which may be gone. */
  fileOf({ artefact_path }: Champion): string {
    return join(this.env.dataDir, artefact_path);
  }

  async markProblem(model: ModelName, version: number, problem: string | null): Promise<void> {
    await this.database.query(MARK_SERVING_PROBLEM, [model, version, problem]);
  }

  /**
   * Records a trained model as the champion, or as rejected when it does not beat the baseline. The file is complete
   * before its row is: whatever happens in between, the champion of before answers on.
   */
  async add(
    model: ModelName,
    { artefact, card }: TrainedTask,
    origin: Origin,
  ): Promise<{ version: number; wins: boolean }> {
    return this.database.transaction(async (client) => {
      // Two processes that train cannot take one number: the second waits here.
      await client.query('LOCK TABLE ops.model_registry IN SHARE ROW EXCLUSIVE MODE');
      const { rows } = await client.query<{ version: number }>(NEXT_VERSION.text, [model]);
      const [{ version }] = rows;
      const path = join('models', `${model}-${version}.json`);
      await this.write(path, artefact);
      const { wins, reason } = card.verdict;
      if (wins) await client.query(RETIRE_CHAMPION.text, [model, origin.sample]);
      await client.query(INSERT_MODEL.text, [
        ...[model, version, origin.trainingId, ALGORITHM, wins ? 'CHAMPION' : 'REJECTED', reason],
        ...[origin.sample, origin.dataCutoff, card.datasetHash, card.schema],
        ...[JSON.stringify(metricsOf(card)), JSON.stringify(card), path],
        ...[createHash('sha256').update(artefact).digest('hex'), this.clock.now()],
      ]);
      return { version, wins };
    });
  }

  private async write(path: string, text: string): Promise<void> {
    const file = join(this.env.dataDir, path);
    await mkdir(join(this.env.dataDir, 'models'), { recursive: true });
    const partial = `${file}.partial`;
    const handle = await open(partial, 'w');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  }
}
