import { Module } from '@nestjs/common';

/** Answers kept until the next publish. */
@Module({})
export class CacheModule {}
