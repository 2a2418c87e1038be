import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EngineValidationDto } from './validation.dto';
import { ValidationService } from './validation.service';

@ApiTags('What-if')
@Controller('api/whatif/validation')
export class ValidationController {
  constructor(private readonly validation: ValidationService) {}

  @Get()
  @ApiOperation({
    summary: 'The simulation engine against what is known: computed beside expected',
    description:
      'Published job-shop schedules, waits of queueing theory, and laws that hold of every run. Needs no data. The first request after a start computes for some seconds, in a thread of its own; the answer is kept for the engine’s version.',
  })
  @ApiOkResponse({ type: EngineValidationDto })
  read(): Promise<EngineValidationDto> {
    return this.validation.read();
  }
}
