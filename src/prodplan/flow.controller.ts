import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/problem.dto';
import { BottlenecksDto, BottlenecksQuery } from './dto/bottlenecks.dto';
import { ScheduleDto, ScheduleQuery } from './dto/schedule.dto';
import { FlowService } from './flow.service';

@ApiTags('Flow')
@Controller('api/prodplan')
export class FlowController {
  constructor(private readonly flow: FlowService) {}

  @Get('schedule/current')
  @ApiOperation({
    summary: 'Read what stands at each phase type',
    description: 'WIP and queue at as_of. An empty database is a 200 with an empty list.',
  })
  @ApiOkResponse({ type: ScheduleDto })
  @ApiProblems(400)
  schedule(@Query() query: ScheduleQuery): Promise<ScheduleDto> {
    return this.flow.schedule(query);
  }

  @Get('bottlenecks')
  @ApiOperation({
    summary: 'Rank the phase types by how much they hold up',
    description:
      'Computed when the data were loaded. Scores compare a phase with itself; the active-period method compares phases with one another. Where the two disagree, methods_disagree says so.',
  })
  @ApiOkResponse({ type: BottlenecksDto })
  @ApiProblems(400)
  bottlenecks(@Query() query: BottlenecksQuery): Promise<BottlenecksDto> {
    return this.flow.bottlenecks(query);
  }
}
