import { Controller, Get, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { NotSupportedDto } from '../common/not-supported';
import { ApiProblems } from '../common/problem.dto';
import { DueRiskDto, DueRiskQuery } from './dto/due-risk.dto';
import { GelcoatDto, GelcoatNotSupportedDto } from './dto/gelcoat.dto';
import { GelcoatQuery, WipQuery } from './dto/inventory.query';
import { WipDto, WipMassDto } from './dto/wip.dto';
import { DueRiskService } from './due-risk.service';
import { MaterialsService } from './materials.service';
import { WipService } from './wip.service';

/** The pages of the frontend ask for material_yield and due_risk without /api. */
@ApiTags('Smart inventory')
@ApiExtraModels(GelcoatDto, GelcoatNotSupportedDto)
@Controller()
export class SmartinventoryController {
  constructor(
    private readonly workInProcess: WipService,
    private readonly materials: MaterialsService,
    private readonly forecasts: DueRiskService,
  ) {}

  @Get('api/smartinventory/wip')
  @ApiOperation({ summary: 'Open phases of active orders, by phase type, with their ages' })
  @ApiOkResponse({ type: WipDto })
  @ApiProblems(400)
  wip(@Query() query: WipQuery): Promise<WipDto> {
    return this.workInProcess.wip(query);
  }

  @Get('api/smartinventory/wip_mass')
  @ApiOperation({
    summary: 'What the work in process weighs',
    description:
      "An order weighs the latest weight other than 0 that a phase of it recorded, else the product's weight after demoulding (low_confidence).",
  })
  @ApiOkResponse({ type: WipMassDto })
  @ApiProblems(400)
  wipMass(@Query() query: WipQuery): Promise<WipMassDto> {
    return this.workInProcess.mass(query);
  }

  @Get('api/smartinventory/gelcoat_theoretical_usage')
  @ApiOperation({
    summary: 'Gelcoat that the orders take in theory: of the active ones, or of those created in a window',
  })
  @ApiOkResponse({
    schema: { oneOf: [{ $ref: getSchemaPath(GelcoatDto) }, { $ref: getSchemaPath(GelcoatNotSupportedDto) }] },
  })
  @ApiProblems(400)
  gelcoat(@Query() query: GelcoatQuery): Promise<GelcoatDto | GelcoatNotSupportedDto> {
    return this.materials.gelcoat(query);
  }

  @Get('api/smartinventory/consumption_estimate')
  @ApiOperation({ summary: 'Consumption of materials: what the data lack to tell it' })
  @ApiOkResponse({ type: NotSupportedDto })
  @ApiProblems()
  consumption(): Promise<NotSupportedDto> {
    return this.materials.consumption();
  }

  @Get(['api/smartinventory/material_yield', 'smartinventory/material_yield'])
  @ApiOperation({ summary: 'Yield of materials: what the data lack to tell it' })
  @ApiOkResponse({ type: NotSupportedDto })
  @ApiProblems()
  materialYield(): Promise<NotSupportedDto> {
    return this.materials.materialYield();
  }

  @Get(['api/smartinventory/due_risk', 'smartinventory/due_risk'])
  @ApiOperation({ summary: 'Which active orders will be late, by their due day and the distribution of their ETA' })
  @ApiOkResponse({ type: DueRiskDto })
  @ApiProblems(400)
  dueRisk(@Query() query: DueRiskQuery): Promise<DueRiskDto> {
    return this.forecasts.dueRisk(query);
  }
}
