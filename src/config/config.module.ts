import { Global, Module } from '@nestjs/common';
import { loadEnv } from './env';

/** Injection token of the validated Env: `constructor(@Inject(ENV) env: Env)`. */
export const ENV = Symbol('ENV');

/** Reads the environment once per process; a wrong variable stops the start before anything is opened. */
@Global()
@Module({
  providers: [{ provide: ENV, useFactory: loadEnv }],
  exports: [ENV],
})
export class ConfigModule {}
