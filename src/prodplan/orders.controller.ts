import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/problem.dto';
import { OrderListQuery } from './dto/order-list.query';
import { OrderPhasesDto } from './dto/order-phases.dto';
import { OrderDetailDto, OrderListDto } from './dto/order.dto';
import { OrdersService } from './orders.service';

const OF_ID = { name: 'of_id', description: 'Number of the order; the list has them.' };

@ApiTags('Orders')
@Controller('api/prodplan/orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Get()
  @ApiOperation({
    summary: 'List orders, newest first',
    description:
      'Walking the pages by next_cursor gives each order that matches exactly once. An empty database is a 200 with an empty list.',
  })
  @ApiOkResponse({ type: OrderListDto })
  @ApiProblems(400)
  list(@Query() query: OrderListQuery): Promise<OrderListDto> {
    return this.orders.list(query);
  }

  @Get(':of_id')
  @ApiOperation({ summary: 'Read one order' })
  @ApiParam(OF_ID)
  @ApiOkResponse({ type: OrderDetailDto })
  @ApiProblems(404)
  detail(@Param('of_id') ofId: string): Promise<OrderDetailDto> {
    return this.orders.detail(ofId);
  }

  @Get(':of_id/phases')
  @ApiOperation({ summary: 'Read the timeline of an order' })
  @ApiParam(OF_ID)
  @ApiOkResponse({ type: OrderPhasesDto })
  @ApiProblems(404)
  phases(@Param('of_id') ofId: string): Promise<OrderPhasesDto> {
    return this.orders.phases(ofId);
  }
}
