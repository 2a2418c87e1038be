import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../common/problem.dto';
import { EtaBacktestDto } from '../dto/eta-backtest.dto';
import { RiskQueueDto } from '../dto/risk-queue.dto';
import { RiskQueueQuery } from '../dto/risk-queue.query';
import { ForecastService } from './forecast.service';

@ApiTags('Forecasts')
@Controller('api/prodplan')
export class ForecastController {
  constructor(private readonly forecasts: ForecastService) {}

  @Get('risk_queue')
  @ApiOperation({
    summary: 'Orders that will probably miss their due day, and why',
    description:
      'Active orders whose p50 ETA lies after the due day, which is the same as a probability over one half of missing it. Each delay is split into parts, in hours, that add up to it.',
  })
  @ApiOkResponse({ type: RiskQueueDto })
  @ApiProblems(400)
  riskQueue(@Query() query: RiskQueueQuery): Promise<RiskQueueDto> {
    return this.forecasts.riskQueue(query);
  }

  @Get('eta/backtest')
  @ApiOperation({
    summary: 'How good the ETAs are',
    description:
      'At the first of each month of the last two years all orders active then are forecast, from what was recorded before, and compared with what happened. Computed within a minute after each load, not by this request.',
  })
  @ApiOkResponse({ type: EtaBacktestDto })
  @ApiProblems()
  backtest(): Promise<EtaBacktestDto> {
    return this.forecasts.backtest();
  }
}
