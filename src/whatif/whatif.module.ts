import { Module } from '@nestjs/common';
import { ValidationController } from './validation/validation.controller';
import { ValidationService } from './validation/validation.service';
import { WhatifController } from './whatif.controller';

/** Simulated scenarios. */
@Module({ controllers: [WhatifController, ValidationController], providers: [ValidationService] })
export class WhatifModule {}
