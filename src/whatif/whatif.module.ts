import { Module } from '@nestjs/common';
import { ModelController } from './model/model.controller';
import { ModelsService } from './model/models.service';
import { PrepareModelProcessor } from './model/prepare-model.processor';
import { SimulationPool } from './threads/simulation-pool';
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
    ValidationService,
  ],
})
export class WhatifModule {}
