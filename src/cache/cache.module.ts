import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CacheService } from './cache.service';
import { KeptAnswers, KeptAnswersInterceptor } from './kept-answers';

/** Answers kept until the next publish. */
@Global()
@Module({
  providers: [CacheService, KeptAnswers, { provide: APP_INTERCEPTOR, useClass: KeptAnswersInterceptor }],
  exports: [CacheService],
})
export class CacheModule {}
