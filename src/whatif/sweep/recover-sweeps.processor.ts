import { Injectable } from '@nestjs/common';
import { JobProcessor } from '../../queue/base.processor';
import { SweepsService } from './sweeps.service';

/** Sees to it that somebody works on every sweep that is not over. */
@Injectable()
export class RecoverSweepsProcessor extends JobProcessor<'whatif.recover-sweeps'> {
  readonly job = 'whatif.recover-sweeps' as const;

  constructor(private readonly sweeps: SweepsService) {
    super();
  }

  async process(): Promise<{ queued_parts: number }> {
    return { queued_parts: await this.sweeps.recover() };
  }
}

/** Follows the parts of a sweep: what one of them left is queued anew at once, instead of at the next look. */
@Injectable()
export class SweepProcessor extends JobProcessor<'whatif.sweep'> {
  readonly job = 'whatif.sweep' as const;

  constructor(private readonly sweeps: SweepsService) {
    super();
  }

  async process(): Promise<{ queued_parts: number }> {
    return { queued_parts: await this.sweeps.recover() };
  }
}
