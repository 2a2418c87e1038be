import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FactoryTime } from '../common/factory-time';
import { NOT_SUPPORTED, NotSupportedError } from '../common/not-supported';
import { ApiProblems } from '../common/problem.dto';
import { freshness } from '../published/freshness';
import { rateFields, readMatchRates } from '../published/match-rates';
import { PublishedData } from '../published/published-data';
import { ModelListDto } from './dto/model-list.dto';

/** Which ordered products the catalogue describes: what a model would learn about a product from. */
const RATE = 'produto_join';

/** Learned predictions. No model is trained yet: each path answers so, in the form that the frontend shows. */
@ApiTags('Machine learning')
@Controller('api/ml')
export class MlController {
  constructor(
    private readonly published: PublishedData,
    private readonly time: FactoryTime,
  ) {}

  @Get('models')
  @ApiOperation({ summary: 'List the trained models' })
  @ApiOkResponse({ type: ModelListDto })
  @ApiProblems()
  async models(): Promise<ModelListDto> {
    return { models: [], total: 0, active_count: 0, ...freshness(await this.published.current(), this.time) };
  }

  @Get(['predict/leadtime', 'predict/risk'])
  @ApiOperation({ summary: 'Predict by parameters: not supported yet' })
  @ApiProblems(422)
  predict(): Promise<never> {
    return this.refuse('Nothing can be predicted yet.');
  }

  @Post(['predict/leadtime', 'predict/risk'])
  @HttpCode(200)
  @ApiOperation({ summary: 'Predict by a body: not supported yet' })
  @ApiProblems(422)
  predictPosted(): Promise<never> {
    return this.refuse('Nothing can be predicted yet.');
  }

  @Get(['explain/leadtime', 'explain/risk'])
  @ApiOperation({ summary: 'Explain a prediction by parameters: not supported yet' })
  @ApiProblems(422)
  explain(): Promise<never> {
    return this.refuse('No prediction can be explained yet.');
  }

  @Post(['explain/leadtime', 'explain/risk'])
  @HttpCode(200)
  @ApiOperation({ summary: 'Explain a prediction by a body: not supported yet' })
  @ApiProblems(422)
  explainPosted(): Promise<never> {
    return this.refuse('No prediction can be explained yet.');
  }

  @Post(['train/leadtime', 'train/risk'])
  @HttpCode(200)
  @ApiOperation({ summary: 'Train a model: not supported yet' })
  @ApiProblems(422)
  train(): Promise<never> {
    return this.refuse('No model can be trained yet.');
  }

  private async refuse(detail: string): Promise<never> {
    const rates = await this.published.read(readMatchRates);
    throw new NotSupportedError({
      status: NOT_SUPPORTED,
      detail,
      reason: 'This build has no trained model.',
      suggestion: 'Use the ETA of an order and the risk of errors, which are computed from the history itself.',
      ...rateFields(rates.find(({ name }) => name === RATE)),
    });
  }
}
