import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FaseCatalogo } from '../database/entities/fase-catalogo.entity';
import { FaseStandardModelo } from '../database/entities/fase-standard-modelo.entity';
import { Modelo } from '../database/entities/modelo.entity';
import { OrdemFabrico } from '../database/entities/ordem-fabrico.entity';
import { OrdersController } from './orders.controller';
import { OrdersService } from './orders.service';
import { RoutesController } from './routes.controller';
import { RoutesService } from './routes.service';

/** Orders, their phases, and the routes they should take. */
@Module({
  imports: [TypeOrmModule.forFeature([FaseCatalogo, FaseStandardModelo, Modelo, OrdemFabrico])],
  controllers: [OrdersController, RoutesController],
  providers: [OrdersService, RoutesService],
})
export class ProdplanModule {}
