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
      if (context.attempt < JOBS[this.job].attempts) throw error;
      // That the process ends is no fault of the part: it stays open, and the next start queues it anew.
      if (context.signal.aborted) return { simulated: 0 };
      // Nobody comes to this part any more: the sweep would run for ever.
      await this.sweeps.fail(sweepId, (error as Error).message);
      throw error;
    }
  }
}
