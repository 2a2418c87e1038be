import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ModelController } from './model/model.controller';
import { ModelsService } from './model/models.service';
import { PrepareModelProcessor } from './model/prepare-model.processor';
import { SimulationPool } from './threads/simulation-pool';
import { RecoverSweepsProcessor, SweepProcessor } from './sweep/recover-sweeps.processor';
import { SweepPartProcessor } from './sweep/sweep-part.processor';
import { SweepController } from './sweep/sweep.controller';
import { SweepsService } from './sweep/sweeps.service';
import { ValidationController } from './validation/validation.controller';
import { ValidationService } from './validation/validation.service';
import { WhatifController } from './whatif.controller';
import { WhatifService } from './whatif.service';

/** Simulated scenarios. */
@Module({
  controllers: [WhatifController, ModelController, SweepController, ValidationController],
  providers: [
    ModelsService,
    PrepareModelProcessor,
    SimulationPool,
    WhatifService,
    SweepsService,
    SweepPartProcessor,
    RecoverSweepsProcessor,
    SweepProcessor,
    ValidationService,
  ],
})
export class WhatifModule implements OnApplicationBootstrap {
  constructor(private readonly sweeps: SweepsService) {}

  /** A sweep whose process was killed before it had queued all of it is queued at the next start, whoever starts. */
  async onApplicationBootstrap(): Promise<void> {
    await this.sweeps.recover();
  }
}
