import { Controller, Get } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthDto } from './dto/health.dto';
import { OpsHealthDto, ServiceDto } from './dto/ops-health.dto';
import { HealthService } from './health.service';

@ApiTags('Health')
@ApiExtraModels(ServiceDto)
@Controller('api')
export class HealthController {
  constructor(private readonly service: HealthService) {}

  @Get('health')
  @ApiOperation({
    summary: 'Is the service up, and of which load are its data',
    description:
      'Always 200 and within 2 s, also when the database is down: an error status would hide the banner of the frontend.',
  })
  @ApiOkResponse({ type: HealthDto })
  health(): Promise<HealthDto> {
    return this.service.health();
  }

  @Get('ops/health')
  @ApiOperation({ summary: 'The same, service by service', description: 'Always 200, with `down` where something is.' })
  @ApiOkResponse({ type: OpsHealthDto })
  opsHealth(): Promise<OpsHealthDto> {
    return this.service.opsHealth();
  }
}
