import { Injectable } from '@nestjs/common';
import { type JobContext, JobProcessor } from '../../queue/base.processor';
import type { JobPayload } from '../../queue/jobs';
import { TrainingService } from './training.service';

/** Trains: one that was asked for, or, asked by the schedule, all kinds. */
@Injectable()
export class TrainProcessor extends JobProcessor<'ml.train'> {
  readonly job = 'ml.train' as const;

  constructor(private readonly trainings: TrainingService) {
    super();
  }

  async process({ trainingId }: JobPayload<'ml.train'>, { signal }: JobContext): Promise<{ detail: string }> {
    const detail =
      trainingId === undefined
        ? (await this.trainings.trainAll(signal)).join(' ')
        : await this.trainings.train(trainingId, signal);
    return { detail };
  }
}
