import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { ENV } from '../../config/config.module';
import { Env } from '../../config/env';
import { Database } from '../../database/database';
import { databaseIdentity } from '../../database/database-identity';
import { RateLimitGuard, WINDOW_MS } from './rate-limit.guard';
import { RateLimitStorage } from './rate-limit.storage';

/** How often anybody may ask. Its guard stands before that of the keys, so that guessing keys is limited too. */
@Module({
  // The limits themselves differ by what is asked for: the guard knows them.
  imports: [ThrottlerModule.forRoot([{ ttl: WINDOW_MS, limit: Number.MAX_SAFE_INTEGER }])],
  providers: [
    {
      provide: RateLimitStorage,
      inject: [ENV, Database],
      useFactory: async ({ redisUrl }: Env, database: Database) =>
        new RateLimitStorage(redisUrl, redisUrl === undefined ? undefined : await databaseIdentity(database)),
    },
    { provide: APP_GUARD, useClass: RateLimitGuard },
  ],
})
export class RateLimitModule {}
