import { Module } from '@nestjs/common';

/** Learned predictions. */
@Module({})
export class MlModule {}
