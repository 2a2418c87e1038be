import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { RequireScope } from '../../auth/require-scope';
import { ApiProblems } from '../../common/problem.dto';
import { ENGINE_VERSION } from '../model/data-version';
import { numberOf } from '../requests/fields';
import { type RankedPoint, type SweepState, SweepsService } from './sweeps.service';

const FREE = { type: 'object', additionalProperties: true } as const;

export class SweepRequestDto {
  @ApiPropertyOptional({
    description: 'Phases by id or name; default all that need capacity and have work.',
    type: [String],
  })
  phases?: string[];

  @ApiPropertyOptional({ description: 'How many more servers, 1 to 100.', type: [Number], default: [1] })
  steps?: number[];

  @ApiPropertyOptional({ description: 'Rules; without phases they alone are compared.', type: [String] })
  rules?: string[];

  @ApiPropertyOptional({ description: 'The scenario that each point changes; as for simulate.', ...FREE })
  base?: object;
}

export class SweepDto implements SweepState {
  @ApiProperty({ description: 'Number of the sweep.', type: 'integer', example: 3 })
  sweep_id: number;

  @ApiProperty({
    description: 'How far the sweep is, or how it ended.',
    enum: ['QUEUED', 'RUNNING', 'COMPLETED', 'CANCELLED', 'FAILED'],
  })
  status: string;

  @ApiProperty({ description: 'The request as it was read.', ...FREE })
  request: object;

  @ApiProperty({ description: 'Of the engine and of the model of the factory.', example: ENGINE_VERSION })
  engine_version: string;

  @ApiProperty({ description: 'Scenarios in all.', type: 'integer' })
  points: number;

  @ApiProperty({ description: 'Scenarios simulated.', type: 'integer' })
  done: number;

  @ApiPropertyOptional({ description: 'Why it failed.' })
  error?: string;

  @ApiPropertyOptional({ description: 'What buys the most on-time orders for one unit of capacity.', ...FREE })
  best?: RankedPoint;

  @ApiProperty({ description: 'The points that are simulated, the best first.', type: 'array', items: FREE })
  ranking: RankedPoint[];
}

/** Many scenarios at once: where one more unit of capacity buys most. */
@ApiTags('What-if')
@Controller('api/whatif/sweep')
export class SweepController {
  constructor(private readonly sweeps: SweepsService) {}

  @Post()
  @HttpCode(202)
  @RequireScope('simulate')
  @ApiOperation({ summary: 'Begin a sweep over phases, capacities and rules; at most 1000 scenarios' })
  @ApiBody({ type: SweepRequestDto, required: false })
  @ApiAcceptedResponse({ type: SweepDto })
  @ApiProblems(400, 422)
  begin(@Body() body: unknown): Promise<SweepDto> {
    return this.sweeps.begin(body);
  }

  @Get(':sweep_id')
  @ApiOperation({ summary: 'Read how far a sweep is, and its ranking so far' })
  @ApiOkResponse({ type: SweepDto })
  @ApiProblems(400, 404)
  read(@Param('sweep_id') id: string): Promise<SweepDto> {
    return this.sweeps.state(idOf(id));
  }

  @Post(':sweep_id/cancel')
  @HttpCode(200)
  @RequireScope('simulate')
  @ApiOperation({ summary: 'Cancel a sweep; what is simulated stays' })
  @ApiOkResponse({ type: SweepDto })
  @ApiProblems(400, 404)
  cancel(@Param('sweep_id') id: string): Promise<SweepDto> {
    return this.sweeps.cancel(idOf(id));
  }
}

function idOf(text: string): number {
  return numberOf('sweep_id', text, { from: 1, to: Number.MAX_SAFE_INTEGER, whole: true });
}
