import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { RateLimitGuard, WINDOW_MS } from './rate-limit.guard';
import { RateLimitStorage } from './rate-limit.storage';

/** How often anybody may ask. Its guard stands before that of the keys, so that guessing keys is limited too. */
@Module({
  // The limits themselves differ by what is asked for: the guard knows them.
  imports: [ThrottlerModule.forRoot([{ ttl: WINDOW_MS, limit: Number.MAX_SAFE_INTEGER }])],
  providers: [RateLimitStorage, { provide: APP_GUARD, useClass: RateLimitGuard }],
})
export class RateLimitModule {}
