import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { RequireScope } from '../auth/require-scope';
import { InvalidRequestError } from '../common/domain-error';
import { FactoryTime } from '../common/factory-time';
import { ApiProblems } from '../common/problem.dto';
import { closing } from './closing';
import { compareAnswers } from './compare';
import { WhatifAnswerDto } from './dto/answer.dto';
import { AvariaDto, ScenarioDto, VipDto } from './dto/request.dto';
import { CompareQuery, RunsQuery, WhatifCompareDto, WhatifRunsDto } from './dto/runs.dto';
import type { Kind } from './requests/normal-request';
import { WhatifService } from './whatif.service';

/** Scenarios: what happens if we work otherwise. */
@ApiTags('What-if')
@Controller('api/whatif')
export class WhatifController {
  constructor(
    private readonly whatif: WhatifService,
    private readonly time: FactoryTime,
  ) {}

  @Post('simulate')
  @HttpCode(200)
  @RequireScope('simulate')
  @ApiOperation({
    summary: 'Simulate other priorities, capacities, durations or hours',
    description:
      'Simulates all active orders from the last recorded event on, as today and with the changes. An empty body is the baseline. The same request gives the same bytes until other data are loaded.',
  })
  @ApiBody({ type: ScenarioDto, required: false })
  @ApiOkResponse({ type: WhatifAnswerDto })
  @ApiProblems(400, 422, 429)
  simulate(@Body() body: unknown, @Res() response: Response): Promise<void> {
    return this.send('simulate', body, response);
  }

  @Post('vip')
  @HttpCode(200)
  @RequireScope('simulate')
  @ApiOperation({ summary: 'Simulate an urgent order: what it displaces' })
  @ApiBody({ type: VipDto, required: false })
  @ApiOkResponse({ type: WhatifAnswerDto })
  @ApiProblems(400, 422, 429)
  vip(@Body() body: unknown, @Res() response: Response): Promise<void> {
    return this.send('vip', body, response);
  }

  @Post('avaria')
  @HttpCode(200)
  @RequireScope('simulate')
  @ApiOperation({ summary: 'Simulate a breakdown: the resource of a phase is out from … until …' })
  @ApiBody({ type: AvariaDto, required: false })
  @ApiOkResponse({ type: WhatifAnswerDto })
  @ApiProblems(400, 422, 429)
  avaria(@Body() body: unknown, @Res() response: Response): Promise<void> {
    return this.send('avaria', body, response);
  }

  @Get('result/:id')
  @ApiOperation({ summary: 'Read a stored answer by its scenario_hash or its number' })
  @ApiOkResponse({ type: WhatifAnswerDto })
  @ApiProblems(404)
  async result(@Param('id') id: string, @Res() response: Response): Promise<void> {
    response.type('application/json').send(await this.whatif.result(id));
  }

  @Get('runs')
  @ApiOperation({ summary: 'List simulated scenarios, the latest first' })
  @ApiOkResponse({ type: WhatifRunsDto })
  @ApiProblems(400)
  async runs(@Query() { limit = 50, cursor }: RunsQuery): Promise<WhatifRunsDto> {
    const { rows, next_cursor } = await this.whatif.runs(limit, cursor);
    return { runs: rows.map((row) => ({ ...row, created_at: this.time.iso(row.created_at) })), next_cursor };
  }

  @Get('compare')
  @ApiOperation({ summary: 'Compare two stored answers' })
  @ApiOkResponse({ type: WhatifCompareDto })
  @ApiProblems(400, 404)
  async compare(@Query() { a, b }: CompareQuery): Promise<WhatifCompareDto> {
    if (a === undefined || b === undefined) {
      const missing = a === undefined ? 'a' : 'b';
      throw new InvalidRequestError(`${missing} is missing: give a and b, each the scenario_hash of a stored answer.`);
    }
    return compareAnswers(await this.whatif.result(a), await this.whatif.result(b));
  }

  private async send(kind: Kind, body: unknown, response: Response): Promise<void> {
    const answer = await this.whatif.ask(kind, body, closing(response));
    response.type('application/json').send(answer);
  }
}
