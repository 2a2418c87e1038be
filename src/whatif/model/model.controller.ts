import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { FactoryTime } from '../../common/factory-time';
import { ApiProblems } from '../../common/problem.dto';
import { WhatifService } from '../whatif.service';
import { ENGINE_VERSION } from './data-version';

const FREE = { type: 'object', additionalProperties: true } as const;
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

export class WhatifCalendarDto {
  @ApiProperty({
    description:
      'How working hours were derived: by hour of the week, by day and hour, or always open where the data are too few.',
    enum: ['HOUR_OF_WEEK', 'DAY_AND_HOUR', 'ALWAYS'],
  })
  basis: string;

  @ApiProperty({ description: 'Weeks with records that it follows from.', type: 'integer' })
  weeks: number;

  @ApiProperty({ description: 'Working hours of a week.', type: 'integer' })
  hours_per_week: number;

  @ApiProperty({ description: 'By day, the hours (0..23) that are worked.', ...FREE, example: { monday: [8, 9, 10] } })
  open_hours: Record<string, number[]>;

  @ApiProperty({ description: 'By day, the share of weeks in which each hour was used, 0..1.', ...FREE })
  share: Record<string, number[]>;

  @ApiProperty({ description: 'Capacities of the phases and where they come from.', type: 'array', items: FREE })
  phases: object[];
}

export class WhatifBacktestDto {
  @ApiProperty({ description: 'Day of the last recorded event.', example: '2025-12-11' })
  data_date: string;

  @ApiProperty({
    description: 'The version of engine and model that computed this: another may say something else.',
    example: ENGINE_VERSION,
  })
  engine_version: string;

  @ApiProperty({ description: 'From each past moment.', type: 'array', items: FREE })
  moments: object[];
}

/** What the simulation assumes of the factory, and how far it was right in the past. */
@ApiTags('What-if')
@Controller('api/whatif')
export class ModelController {
  constructor(
    private readonly whatif: WhatifService,
    private readonly time: FactoryTime,
  ) {}

  @Get('calendar')
  @ApiOperation({ summary: 'The working calendar and the capacities that were derived from the data' })
  @ApiOkResponse({ type: WhatifCalendarDto })
  @ApiProblems(422)
  async calendar(): Promise<WhatifCalendarDto> {
    const { calendar, phases } = (await this.whatif.model()).model;
    const byDay = <T>(values: (first: number) => T): Record<string, T> =>
      Object.fromEntries(DAYS.map((day, number) => [day, values(24 * number)]));
    const hours = [...Array(24).keys()];
    return {
      basis: calendar.basis,
      weeks: calendar.weeks,
      hours_per_week: calendar.open.reduce((sum, open) => sum + open, 0),
      open_hours: byDay((first) => hours.filter((hour) => calendar.open[first + hour] === 1)),
      share: byDay((first) => hours.map((hour) => Math.round(calendar.share[first + hour] * 1000) / 1000)),
      phases: phases
        .filter(
          ({ windows, free, basis }) =>
            free !== null || basis !== 'NO_EXECUTIONS' || windows.some((w) => w.executions > 0),
        )
        .map(({ id, name, free, afterFinish, capacity, basis, apt, windows }) => ({
          ...{ fase_id: id, fase_nome: name, needs_capacity: free === null },
          ...(free === null ? { capacity, basis } : { free_because: free }),
          ...(apt === null ? {} : { apt_workers: apt }),
          ...{ after_finish: afterFinish, windows },
        })),
    };
  }

  @Get('backtest')
  @ApiOperation({ summary: 'The simulation from past moments, compared with what happened' })
  @ApiOkResponse({ type: WhatifBacktestDto })
  @ApiProblems(422)
  async backtest(): Promise<WhatifBacktestDto> {
    const { asOf, backtest } = await this.whatif.model();
    return { data_date: this.time.dayOf(asOf), engine_version: ENGINE_VERSION, moments: [...backtest] };
  }
}
