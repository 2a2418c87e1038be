import { Module } from '@nestjs/common';
import { MlController } from './ml.controller';

/** Learned predictions. */
@Module({ controllers: [MlController] })
export class MlModule {}
