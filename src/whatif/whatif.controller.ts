import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NOT_SUPPORTED, NotSupportedError } from '../common/not-supported';
import { ApiProblems } from '../common/problem.dto';
import { PublishedData } from '../published/published-data';
import { rateFields, readMatchRates } from '../published/match-rates';

/** What the hours of workers could be known from, and so the capacity that a scenario changes. */
const RATE = 'employee_productivity';

/** Scenarios. None can be simulated yet: each path answers so, in the form that the frontend shows. */
@ApiTags('What-if')
@Controller('api/whatif')
export class WhatifController {
  constructor(private readonly published: PublishedData) {}

  @Post('simulate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Simulate other priorities or capacities: not supported yet' })
  @ApiProblems(422)
  simulate(): Promise<never> {
    return this.refuse();
  }

  @Post('vip')
  @HttpCode(200)
  @ApiOperation({ summary: 'Simulate an urgent order: not supported yet' })
  @ApiProblems(422)
  vip(): Promise<never> {
    return this.refuse();
  }

  @Post('avaria')
  @HttpCode(200)
  @ApiOperation({ summary: 'Simulate a breakdown: not supported yet' })
  @ApiProblems(422)
  avaria(): Promise<never> {
    return this.refuse();
  }

  private async refuse(): Promise<never> {
    const rates = await this.published.read(readMatchRates);
    throw new NotSupportedError({
      status: NOT_SUPPORTED,
      detail: 'Scenarios cannot be simulated yet.',
      reason: 'This build has no simulation: the capacity that a scenario would change is not derived from the data.',
      suggestion: 'Use the schedule, the bottlenecks and the risk queue of the present state.',
      ...rateFields(rates.find(({ name }) => name === RATE)),
    });
  }
}
