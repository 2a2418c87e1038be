import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/problem.dto';
import { QualityByPhaseDto, QualityByProductDto, QualityOverviewDto, QualityRiskDto } from './dto/quality.dto';
import { ErrorsQuery, RatesQuery, RiskQuery } from './dto/quality.query';
import { QualityService } from './quality.service';

@ApiTags('Quality')
@Controller('api/quality')
export class QualityController {
  constructor(private readonly quality: QualityService) {}

  @Get('overview')
  @ApiOperation({
    summary: 'Errors: how many, how grave, where found, by whom caused, month by month',
    description:
      "An error's time is the end, else the start, of its evaluation phase, else the creation of its order. All history unless from or to is given.",
  })
  @ApiOkResponse({ type: QualityOverviewDto })
  @ApiProblems(400)
  overview(@Query() query: ErrorsQuery): Promise<QualityOverviewDto> {
    return this.quality.overview(query);
  }

  @Get('by-phase')
  @ApiOperation({ summary: 'Errors by the type of the phase that caused them' })
  @ApiOkResponse({ type: QualityByPhaseDto })
  @ApiProblems(400)
  byPhase(@Query() query: ErrorsQuery): Promise<QualityByPhaseDto> {
    return this.quality.byPhase(query);
  }

  @Get('by-product')
  @ApiOperation({ summary: 'Error rate of each product: its orders with at least one error among all of its orders' })
  @ApiOkResponse({ type: QualityByProductDto })
  @ApiProblems(400)
  byProduct(@Query() query: RatesQuery): Promise<QualityByProductDto> {
    return this.quality.byProduct(query);
  }

  @Get('risk')
  @ApiOperation({ summary: 'How likely an order of a product is to have an error of a phase' })
  @ApiOkResponse({ type: QualityRiskDto })
  @ApiProblems(400)
  risk(@Query() query: RiskQuery): Promise<QualityRiskDto> {
    return this.quality.risk(query);
  }
}
