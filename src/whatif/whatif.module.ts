import { Module } from '@nestjs/common';
import { WhatifController } from './whatif.controller';

/** Simulated scenarios. */
@Module({ controllers: [WhatifController] })
export class WhatifModule {}
