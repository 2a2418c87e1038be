import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/problem.dto';
import { ExplanationDto, LeadTimePredictionDto, RiskPredictionDto } from './dto/answers.dto';
import { QuestionBodyDto, QuestionDto } from './dto/question.dto';
import { PredictionsService } from './predictions.service';

/** Learned predictions, and why they are as they are. */
@ApiTags('Machine learning')
@Controller('api/ml')
@ApiProblems(400, 404, 422)
export class PredictionsController {
  constructor(private readonly predictions: PredictionsService) {}

  @Get('predict/leadtime')
  @ApiOperation({ summary: 'How long an order will take: of a product, an existing order or a family' })
  @ApiOkResponse({ type: LeadTimePredictionDto })
  leadTime(@Query() question: QuestionDto): Promise<LeadTimePredictionDto> {
    return this.predictions.leadTime(question);
  }

  @Post('predict/leadtime')
  @HttpCode(200)
  @ApiOperation({ summary: 'The same, by a body: with features of one’s own, if wanted' })
  @ApiOkResponse({ type: LeadTimePredictionDto })
  leadTimePosted(@Body() question: QuestionBodyDto): Promise<LeadTimePredictionDto> {
    return this.predictions.leadTime(question);
  }

  @Get('predict/risk')
  @ApiOperation({ summary: 'How likely an order has an error' })
  @ApiOkResponse({ type: RiskPredictionDto })
  risk(@Query() question: QuestionDto): Promise<RiskPredictionDto> {
    return this.predictions.risk(question);
  }

  @Post('predict/risk')
  @HttpCode(200)
  @ApiOperation({ summary: 'The same, by a body' })
  @ApiOkResponse({ type: RiskPredictionDto })
  riskPosted(@Body() question: QuestionBodyDto): Promise<RiskPredictionDto> {
    return this.predictions.risk(question);
  }

  @Get('explain/leadtime')
  @ApiOperation({ summary: 'What lifts a lead time and what lowers it; hours' })
  @ApiOkResponse({ type: ExplanationDto })
  explainLeadTime(@Query() question: QuestionDto): Promise<ExplanationDto> {
    return this.predictions.explainLeadTime(question);
  }

  @Post('explain/leadtime')
  @HttpCode(200)
  @ApiOperation({ summary: 'The same, by a body' })
  @ApiOkResponse({ type: ExplanationDto })
  explainLeadTimePosted(@Body() question: QuestionBodyDto): Promise<ExplanationDto> {
    return this.predictions.explainLeadTime(question);
  }

  @Get('explain/risk')
  @ApiOperation({ summary: 'What lifts a risk and what lowers it; probability' })
  @ApiOkResponse({ type: ExplanationDto })
  explainRisk(@Query() question: QuestionDto): Promise<ExplanationDto> {
    return this.predictions.explainRisk(question);
  }

  @Post('explain/risk')
  @HttpCode(200)
  @ApiOperation({ summary: 'The same, by a body' })
  @ApiOkResponse({ type: ExplanationDto })
  explainRiskPosted(@Body() question: QuestionBodyDto): Promise<ExplanationDto> {
    return this.predictions.explainRisk(question);
  }
}
