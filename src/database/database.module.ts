import { Global, Inject, Injectable, Module, OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Metrics } from '../common/metrics';
import { Env } from '../config/env';
import { ENV } from '../config/config.module';
import { dataSourceOptions, poolOf } from './data-source';
import { Database } from './database';
import { DatabaseTarget, openDatabaseTarget } from './database-target';
import { measurePool } from './measure-pool';
import { ReadReplicas } from './read-replicas';
import { requireServerVersion } from './server-version';
import { sessionUrl } from './session';

const TARGET = Symbol('DATABASE_TARGET');

@Global()
@Module({
  providers: [
    { provide: TARGET, inject: [ENV], useFactory: (env: Env): Promise<DatabaseTarget> => openDatabaseTarget(env) },
  ],
  exports: [TARGET],
})
class DatabaseTargetModule {}

/** Lets go of the embedded engine, after every session of this process is closed. */
@Injectable()
class DatabaseCloser implements OnApplicationShutdown {
  constructor(
    @Inject(TARGET) private readonly target: DatabaseTarget,
    private readonly dataSource: DataSource,
    private readonly replicas: ReadReplicas,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.replicas.close();
    // TypeORM's own module closes it too, sooner or later than this one: Nest promises no order between the two.
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    await this.target.close();
  }
}

/**
 * The product's one database: DATABASE_URL, or the embedded engine of DATA_DIR. The schema comes only
 * through migrations, and data through statements in files of their own.
 */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      imports: [DatabaseTargetModule],
      inject: [TARGET, ENV],
      useFactory: (target: DatabaseTarget, env: Env) => ({
        ...dataSourceOptions(target.url, env.databasePoolSize),
        // A wrong address should say so at once; waiting for a database to come up is compose's and bootstrap's work.
        retryAttempts: 1,
      }),
    }),
    DatabaseTargetModule,
  ],
  providers: [
    DatabaseCloser,
    {
      provide: ReadReplicas,
      inject: [ENV, { token: Metrics, optional: true }],
      useFactory: (env: Env, metrics?: Metrics) =>
        new ReadReplicas(env.databaseReplicaUrls, env.databasePoolSize, metrics),
    },
    {
      provide: Database,
      inject: [DataSource, TARGET, { token: Metrics, optional: true }],
      useFactory: async (dataSource: DataSource, target: DatabaseTarget, metrics?: Metrics) => {
        // The command line counts nothing: nobody could ask it.
        if (metrics) measurePool(poolOf(dataSource), metrics);
        await requireServerVersion(poolOf(dataSource));
        return new Database(poolOf(dataSource), sessionUrl(target.url, 'prodplan'));
      },
    },
  ],
  exports: [Database, ReadReplicas],
})
export class DatabaseModule {}
