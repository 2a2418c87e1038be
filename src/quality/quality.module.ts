import { Module } from '@nestjs/common';

/** Errors: where they are found, who causes them, how likely they are. */
@Module({})
export class QualityModule {}
