import { Module } from '@nestjs/common';
import { EmployeesService } from './employees.service';
import { KpisController } from './kpis.controller';
import { KpisService } from './kpis.service';

/** Key figures of a window. */
@Module({
  controllers: [KpisController],
  providers: [KpisService, EmployeesService],
})
export class KpisModule {}
