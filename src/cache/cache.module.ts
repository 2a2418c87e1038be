import { Global, Module } from '@nestjs/common';
import { CacheService } from './cache.service';

/** Answers kept until the next publish. */
@Global()
@Module({ providers: [CacheService], exports: [CacheService] })
export class CacheModule {}
