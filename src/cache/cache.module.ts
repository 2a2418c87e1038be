import { Global, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AnswerAdapter } from '../common/answer-adapter';
import { KeptAnswers } from '../common/kept-answers';
import { CacheService } from './cache.service';

/** Answers kept until the next publish. */
@Global()
@Module({
  providers: [
    CacheService,
    {
      provide: KeptAnswers,
      inject: [HttpAdapterHost],
      // The adapter is there before any provider; another one serialises kept answers as all others.
      useFactory: ({ httpAdapter }: HttpAdapterHost): KeptAnswers =>
        httpAdapter instanceof AnswerAdapter ? httpAdapter.keptAnswers : new KeptAnswers(),
    },
  ],
  exports: [CacheService],
})
export class CacheModule {}
