import { Module } from '@nestjs/common';
import { ModelController } from './model/model.controller';
import { ModelsService } from './model/models.service';
import { SimulationPool } from './threads/simulation-pool';
import { ValidationController } from './validation/validation.controller';
import { ValidationService } from './validation/validation.service';
import { WhatifController } from './whatif.controller';
import { WhatifService } from './whatif.service';

/** Simulated scenarios. */
@Module({
  controllers: [WhatifController, ModelController, ValidationController],
  providers: [ModelsService, SimulationPool, WhatifService, ValidationService],
})
export class WhatifModule {}
