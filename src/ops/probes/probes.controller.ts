import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../common/problem.dto';
import { LiveDto, ReadyDto } from '../dto/probes.dto';
import { ReadinessService } from './readiness.service';

/** What a supervisor and a load balancer ask. */
@ApiTags('Health')
@Controller('health')
export class ProbesController {
  constructor(private readonly readiness: ReadinessService) {}

  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Does the process answer at all',
    description: 'Asks nothing else: a database that is away is no reason to start the process anew.',
  })
  @ApiOkResponse({ type: LiveDto })
  live(): LiveDto {
    return { status: 'ok', uptime_seconds: Math.floor(process.uptime()) };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'May the process get requests and jobs now',
    description:
      'The database answers, its schema is that of this build, the queue answers, DATA_DIR has room, and the process is not ending. Else a 503 with error_code `NOT_READY` that names what is missing and holds every check.',
  })
  @ApiOkResponse({ type: ReadyDto })
  @ApiProblems()
  async ready(): Promise<ReadyDto> {
    const { status, details } = await this.readiness.check();
    return { status, checks: details };
  }
}
