import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/problem.dto';
import { KpisByEmployeeDto } from './dto/employees.dto';
import { KpiByPhaseQuery, KpiByProductQuery, KpiQuery } from './dto/kpi.query';
import { KpisByPhaseDto, KpisByProductDto, OverviewDto } from './dto/kpis.dto';
import { EmployeesService } from './employees.service';
import { KpisService } from './kpis.service';

@ApiTags('KPIs')
@Controller('api/kpis')
export class KpisController {
  constructor(
    private readonly kpis: KpisService,
    private readonly employees: EmployeesService,
  ) {}

  @Get('overview')
  @ApiOperation({
    summary: 'Read the key figures of a window',
    description: 'Of the orders finished in it. Without from and to, the 90 calendar days that end at as_of.',
  })
  @ApiOkResponse({ type: OverviewDto })
  @ApiProblems(400)
  overview(@Query() query: KpiQuery): Promise<OverviewDto> {
    return this.kpis.overview(query);
  }

  @Get('by-phase')
  @ApiOperation({ summary: 'Read the key figures of a window by phase type' })
  @ApiOkResponse({ type: KpisByPhaseDto })
  @ApiProblems(400)
  byPhase(@Query() query: KpiByPhaseQuery): Promise<KpisByPhaseDto> {
    return this.kpis.byPhase(query);
  }

  @Get('by-product')
  @ApiOperation({ summary: 'Read the key figures of a window by product' })
  @ApiOkResponse({ type: KpisByProductDto })
  @ApiProblems(400)
  byProduct(@Query() query: KpiByProductQuery): Promise<KpisByProductDto> {
    return this.kpis.byProduct(query);
  }

  @Get('by-employee')
  @ApiOperation({
    summary: 'Read the key figures of a window by worker',
    description:
      'A 200 with NOT_SUPPORTED_BY_DATA while fewer than 90 % of the phases that assignments name exist: the gate opens by itself with data that allow it.',
  })
  @ApiOkResponse({ type: KpisByEmployeeDto })
  @ApiProblems(400)
  byEmployee(@Query() query: KpiQuery): Promise<KpisByEmployeeDto> {
    return this.employees.byEmployee(query);
  }
}
