import { Global, Module } from '@nestjs/common';
import { Clock } from '../common/clock';
import { FactoryTime } from '../common/factory-time';
import { PublishedData } from './published-data';

/** What every module that answers from the loaded data needs: which load it is, and its time. */
@Global()
@Module({
  providers: [PublishedData, FactoryTime, Clock],
  exports: [PublishedData, FactoryTime, Clock],
})
export class PublishedModule {}
