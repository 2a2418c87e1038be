import { Module } from '@nestjs/common';
import { ModelController } from './model/model.controller';
import { ModelsService } from './model/models.service';
import { PrepareModelProcessor } from './model/prepare-model.processor';
import { SimulationPool } from './threads/simulation-pool';
import { ValidationController } from './validation/validation.controller';
import { ValidationService } from './validation/validation.service';
import { WhatifController } from './whatif.controller';
import { WhatifService } from './whatif.service';

/** Simulated scenarios. */
@Module({
  controllers: [WhatifController, ModelController, ValidationController],
  providers: [ModelsService, PrepareModelProcessor, SimulationPool, WhatifService, ValidationService],
})
export class WhatifModule {}
