import { Injectable } from '@nestjs/common';
import { JobProcessor } from '../../queue/base.processor';
import { ModelsService } from './models.service';

/** Makes the model of the published data before somebody asks, unless it is stored. */
@Injectable()
export class PrepareModelProcessor extends JobProcessor<'whatif.prepare'> {
  readonly job = 'whatif.prepare' as const;

  constructor(private readonly models: ModelsService) {
    super();
  }

  async process(): Promise<{ data_version: string | null }> {
    return { data_version: (await this.models.current())?.dataVersion ?? null };
  }
}
