import { Module } from '@nestjs/common';
import { FlowController } from './flow.controller';
import { FlowService } from './flow.service';
import { ForecastController } from './forecast/forecast.controller';
import { ForecastService } from './forecast/forecast.service';
import { OrdersController } from './orders.controller';
import { OrdersService } from './orders.service';
import { RoutesController } from './routes.controller';
import { RoutesService } from './routes.service';

/** Orders, their phases, the routes they should take, what stands where, and when orders will be finished. */
@Module({
  controllers: [OrdersController, RoutesController, FlowController, ForecastController],
  providers: [OrdersService, RoutesService, FlowService, ForecastService],
})
export class ProdplanModule {}
