import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Metrics } from '../../common/metrics';
import { ENV } from '../../config/config.module';
import type { Env } from '../../config/env';
import { Database } from '../../database/database';
import { sqlFile } from '../../database/sql-file';
import { PublishedData } from '../../published/published-data';
import { JobProducer } from '../../queue/job-producer';
import { MODEL_NAMES, TRAININGS, type TrainingKind } from '../models';
import { readSource } from '../past/read-source';
import { ModelRegistry } from '../registry/model-registry';
import { MINIMUM_FINISHED } from '../serving/known-past';
import { servingCuts } from './cuts';
import { runTraining } from './run-training';
import { TooFewRowsError } from './train-task';

const REQUEST_TRAINING = sqlFile(__dirname, '../sql/request_training.sql');
const START_TRAINING = sqlFile(__dirname, '../sql/start_training.sql');
const ADVANCE_TRAINING = sqlFile(__dirname, '../sql/advance_training.sql');
const END_TRAINING = sqlFile(__dirname, '../sql/end_training.sql');
const INTERRUPT_TRAININGS = sqlFile(__dirname, '../sql/interrupt_trainings.sql');
const LIST_TRAININGS = sqlFile(__dirname, '../sql/list_trainings.sql');

/** Held while something trains: two at once would only be slower. Any constant, the same in every process. */
const TRAINING_LOCK = 7_305_150_011;
const SEED = 1;
/** Trainings that are listed. */
const SHOWN = 20;
/** Share of the work between two notes of the progress. */
const NOTED = 0.02;

export interface TrainingRow {
  training_id: number;
  kind: string;
  status: 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'INTERRUPTED';
  progress: number;
  stage: string | null;
  requested_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  detail: string | null;
}

/** A training that was asked for. */
export interface RequestedTraining {
  training_id: number;
  status: 'QUEUED' | 'RUNNING';
  requested_at: Date;
}

/** Asks for trainings, does them one at a time, and puts what they learned into the registry. */
@Injectable()
export class TrainingService {
  private readonly logger = new Logger(TrainingService.name);

  constructor(
    private readonly database: Database,
    private readonly published: PublishedData,
    private readonly registry: ModelRegistry,
    private readonly producer: JobProducer,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    @Inject(ENV) private readonly env: Pick<Env, 'factoryTz' | 'dormantDays'>,
  ) {}

  /** Asks for a training; while one of the kind waits or runs, that one is it. */
  async request(kind: TrainingKind): Promise<RequestedTraining> {
    await this.interruptKilled();
    const training = await this.record(kind);
    // A worker that was killed may have left the ended job of a training that still waits.
    await this.producer.renew('ml.train', { trainingId: training.training_id });
    return training;
  }

  /** The training of a kind that waits or runs, recorded now where there was none. */
  private async record(kind: TrainingKind): Promise<RequestedTraining> {
    for (;;) {
      const [training] = await this.database.query<RequestedTraining>(REQUEST_TRAINING, [kind, this.clock.now()]);
      // None: another request recorded one after this statement had begun to look, and the next look sees it.
      if (training !== undefined) return training;
    }
  }

  /** The trainings asked for last. One that says that it runs while nobody trains was killed, and is told as such. */
  async list(): Promise<TrainingRow[]> {
    const read = (): Promise<TrainingRow[]> => this.database.query<TrainingRow>(LIST_TRAININGS, [SHOWN]);
    const rows = await read();
    if (!rows.some(({ status }) => status === 'RUNNING')) return rows;
    await this.interruptKilled();
    return read();
  }

  /** Trains all kinds anew, as the schedule asks. */
  async trainAll(signal: AbortSignal): Promise<string[]> {
    const details: string[] = [];
    for (const kind of Object.keys(TRAININGS) as TrainingKind[]) {
      const training = await this.record(kind);
      details.push(await this.train(training.training_id, signal));
    }
    return details;
  }

  /** Does a training that waits. @returns what it came to */
  async train(trainingId: number, signal: AbortSignal): Promise<string> {
    return this.database.withClient(async (client) => {
      await client.query('SELECT pg_advisory_lock($1)', [TRAINING_LOCK]);
      try {
        // Who holds the lock is the only one that trains: what else says so was killed.
        await this.database.query(INTERRUPT_TRAININGS, [this.clock.now()]);
        const [started] = await this.database.query<{ kind: TrainingKind }>(START_TRAINING, [
          trainingId,
          this.clock.now(),
        ]);
        if (started === undefined) return 'It was not waiting any more.';
        return await this.learn(trainingId, started.kind, signal);
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [TRAINING_LOCK]);
      }
    });
  }

  private async learn(trainingId: number, kind: TrainingKind, signal: AbortSignal): Promise<string> {
    const end = async (status: string, detail: string): Promise<string> => {
      await this.database.query(END_TRAINING, [trainingId, status, detail, this.clock.now()]);
      return detail;
    };
    try {
      const read = await this.read(kind);
      if (read === undefined || read.finished < MINIMUM_FINISHED) {
        const finished = read?.finished ?? 0;
        return await end('FAILED', `${finished} orders are finished: at least ${MINIMUM_FINISHED} are needed.`);
      }
      const { source, cuts, published, asOf } = read;
      const input = { source, cuts, seed: SEED, factoryTz: this.env.factoryTz };
      const began = performance.now();
      const results = await runTraining(input, this.noting(trainingId), signal);
      this.metrics.mlTrainSeconds.observe({ task: kind }, (performance.now() - began) / 1000);
      const details: string[] = [];
      for (const result of results) {
        const model = MODEL_NAMES.find((name) => name === result.card.task);
        if (model === undefined) continue;
        const origin = { trainingId, sample: published.sample, dataCutoff: asOf };
        const { version, wins } = await this.registry.add(model, result, origin);
        details.push(`${model}-${version} ${wins ? 'activated' : 'not activated'}: ${result.card.verdict.reason}.`);
        // ETAs are made at a load: the published data get theirs by the new champion.
        if (model === 'remaining' && wins) {
          const asked = { runId: published.runId, repairedAt: this.clock.now().getTime() };
          await this.producer.add('analytics.compute-aggregates', asked);
        }
      }
      return await end('COMPLETED', details.join(' '));
    } catch (error) {
      if (error instanceof TooFewRowsError) return end('FAILED', error.message);
      const message = error instanceof Error ? error.message : String(error);
      await end(signal.aborted ? 'INTERRUPTED' : 'FAILED', message);
      throw error;
    }
  }

  /** What a kind is learned from now; undefined while nothing with a recorded event is published. */
  private read(kind: TrainingKind) {
    return this.published.read(async (query, published) => {
      const asOf = published?.asOf ?? null;
      if (published === undefined || asOf === null) return undefined;
      const cuts = servingCuts(asOf.getTime() / 1000 + 1);
      return { ...(await readSource(query, kind, cuts, this.env.dormantDays)), cuts, published, asOf };
    });
  }

  private noting(trainingId: number): (done: number, stage: string) => void {
    let noted = 0;
    return (done, stage) => {
      if (done < noted + NOTED && done < 1) return;
      noted = done;
      this.database.query(ADVANCE_TRAINING, [trainingId, Math.min(1, done), stage]).catch((error: unknown) => {
        // A note that is lost is followed by the next; the training itself goes on.
        this.logger.warn(`the progress of training ${trainingId} was not noted: ${String(error)}`);
      });
    };
  }

  /** Marks what says that it runs while nobody trains. */
  private async interruptKilled(): Promise<void> {
    await this.database.withClient(async (client) => {
      const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [
        TRAINING_LOCK,
      ]);
      if (!rows[0].free) return;
      try {
        await this.database.query(INTERRUPT_TRAININGS, [this.clock.now()]);
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [TRAINING_LOCK]);
      }
    });
  }
}
