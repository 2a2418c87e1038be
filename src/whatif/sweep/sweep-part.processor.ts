import { Injectable } from '@nestjs/common';
import { type JobContext, JobProcessor } from '../../queue/base.processor';
import { type JobPayload, JOBS } from '../../queue/jobs';
import { SweepsService } from './sweeps.service';

/** Simulates a part of a sweep. */
@Injectable()
export class SweepPartProcessor extends JobProcessor<'whatif.sweep-part'> {
  readonly job = 'whatif.sweep-part' as const;

  constructor(private readonly sweeps: SweepsService) {
    super();
  }

  async process({ sweepId, first, end }: JobPayload<'whatif.sweep-part'>, context: JobContext): Promise<object> {
    try {
      return { simulated: await this.sweeps.runPart(sweepId, first, end, context.signal) };
    } catch (error) {
      // Nobody comes to this part any more: the sweep would run for ever.
      if (context.attempt >= JOBS[this.job].attempts) await this.sweeps.fail(sweepId, (error as Error).message);
      throw error;
    }
  }
}
