import { Controller, Get } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Costly } from '../common/costly';
import { ApiProblems } from '../common/problem.dto';
import { GateDto } from './dto/gates.dto';
import { DataContractDto, PerformanceDto, ReleaseGateDto } from './dto/ops-answers.dto';
import { OpsService } from './ops.service';

const GATE_MAP = { type: 'object' as const, additionalProperties: { $ref: getSchemaPath(GateDto) } };

/** Pages of the frontend ask for some of these without /api. */
@ApiTags('Operations')
@ApiExtraModels(GateDto)
@Controller()
export class OpsController {
  constructor(private readonly ops: OpsService) {}

  @Get('api/ops/feature-gates')
  @ApiOperation({
    summary: 'Which functions the loaded data allow',
    description: 'The gates by name under `gates`, and again at the top level: two pages read it in two ways.',
  })
  @ApiOkResponse({ schema: { ...GATE_MAP, properties: { gates: GATE_MAP } } })
  @ApiProblems()
  async gates(): Promise<{ gates: Record<string, GateDto> } & Record<string, unknown>> {
    const gates = await this.ops.gates();
    return { ...gates, gates };
  }

  @Get('ops/feature-gates')
  @ApiOperation({ summary: 'The same by name alone' })
  @ApiOkResponse({ schema: GATE_MAP })
  @ApiProblems()
  bareGates(): Promise<Record<string, GateDto>> {
    return this.ops.gates();
  }

  @Get(['api/ops/data-contract', 'ops/data-contract'])
  @ApiOperation({ summary: 'What the loaded data hold of what they should: rates, orphans, findings with their rows' })
  @ApiOkResponse({ type: DataContractDto })
  @ApiProblems()
  dataContract(): Promise<DataContractDto> {
    return this.ops.dataContract();
  }

  @Get(['api/ops/performance', 'ops/performance'])
  @ApiOperation({ summary: 'How fast this process answers, against what was promised' })
  @ApiOkResponse({ type: PerformanceDto })
  @ApiProblems()
  performance(): Promise<PerformanceDto> {
    return this.ops.performance();
  }

  @Costly()
  @Get('api/ops/release-gate')
  @ApiOperation({ summary: 'Whether what is in the database may be released, and what blocks it' })
  @ApiOkResponse({ type: ReleaseGateDto })
  @ApiProblems()
  releaseGate(): Promise<ReleaseGateDto> {
    return this.ops.releaseGate();
  }
}
