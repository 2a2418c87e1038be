import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/problem.dto';
import { RouteDto, RouteQuery } from './dto/route.dto';
import { RoutesService } from './routes.service';

@ApiTags('Routes')
@Controller('api/prodplan/routes')
export class RoutesController {
  constructor(private readonly routes: RoutesService) {}

  @Get(':produto_id')
  @ApiOperation({
    summary: 'Read the standard route of a product',
    description:
      'A product that was ordered but is in no catalogue is a 200 with an empty route; one that is neither is a 404.',
  })
  @ApiParam({ name: 'produto_id', description: 'Product; of_produto_id of an order, for one.' })
  @ApiOkResponse({ type: RouteDto })
  @ApiProblems(400, 404)
  route(@Param('produto_id') produtoId: string, @Query() { names = true }: RouteQuery): Promise<RouteDto> {
    return this.routes.route(produtoId, names);
  }
}
