import { Module } from '@nestjs/common';
import { QualityController } from './quality.controller';
import { QualityService } from './quality.service';

/** Errors: where found, by whom caused, how likely. */
@Module({ controllers: [QualityController], providers: [QualityService] })
export class QualityModule {}
