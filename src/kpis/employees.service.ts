import { Inject, Injectable } from '@nestjs/common';
import { CacheService } from '../cache/cache.service';
import { FactoryTime } from '../common/factory-time';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { sqlFile, withIdentifiers } from '../database/sql-file';
import { WORKED_PHASES } from '../published/figures/figures';
import { readPhaseWindow } from '../published/figures/phase-days';
import { isPrepared } from '../published/figures/prepared';
import type { PublishedVersion, SnapshotQuery } from '../published/published-data';
import type { KpiEmployeeDto, KpisByEmployeeDto } from './dto/employees.dto';
import type { KpiQuery } from './dto/kpi.query';
import { type KpiWindow, windowFields, windowOf } from './kpi-window';

const READ_EMPLOYEE_GATE = sqlFile(__dirname, 'sql/read_employee_gate.sql');
const PREPARED_WORKED_PHASES = sqlFile(__dirname, 'sql/prepared_worked_phases.sql');
/** From the table that a job keeps of the published version, or from core while it is not of that version. */
const [KPI_BY_EMPLOYEE, KPI_BY_EMPLOYEE_FROM_CORE] = [PREPARED_WORKED_PHASES, WORKED_PHASES].map((worked) =>
  withIdentifiers(sqlFile(__dirname, 'sql/kpi_by_employee.sql'), { worked: worked.text }),
);

const SECONDS_PER_HOUR = 3600;
const SUGGESTION =
  'Export FuncionariosFaseOrdemFabrico and FasesOrdemFabrico over the same period, so that the phases that workers are assigned to are there.';

interface GateRow {
  matches: number;
  total: number;
  rate: number | null;
  threshold: number;
  status: string;
}

interface EmployeeRow {
  funcionario_id: number;
  funcionario_nome: string | null;
  phases_worked: number;
  phases_as_chief: number;
  elapsed_seconds: number;
  shared_seconds: number;
  ratio: number | null;
  errors: number;
}

/** Key figures of workers, where the assignments can be trusted. */
@Injectable()
export class EmployeesService {
  constructor(
    private readonly cache: CacheService,
    private readonly time: FactoryTime,
    @Inject(ENV) private readonly env: Pick<Env, 'factoryTz'>,
  ) {}

  /** @throws InvalidRequestError when from is after to. */
  async byEmployee(request: KpiQuery): Promise<KpisByEmployeeDto> {
    const { from, to } = request;
    return this.cache.remember('kpis.by-employee', { from, to }, async (query, version) => {
      const window = windowOf(request, version, this.time, this.env.factoryTz);
      const fields = windowFields(window, version, this.time);
      if (window === undefined || version === undefined) return { employees: [], ...fields };
      const gate = (await query<GateRow>(READ_EMPLOYEE_GATE, [version.runId])).at(0);
      if (gate?.status !== 'ON') return { ...notSupported(gate), ...fields };
      const rows = await this.rowsOf(query, version, window);
      return { employees: rows.map(toEmployee), ...fields };
    });
  }

  private async rowsOf(query: SnapshotQuery, version: PublishedVersion, window: KpiWindow): Promise<EmployeeRow[]> {
    const timed = (await readPhaseWindow(query, version, window, this.time)).filter(
      ({ duration_p50_seconds: median }) => median !== null,
    );
    const statement = (await isPrepared(query, version)) ? KPI_BY_EMPLOYEE : KPI_BY_EMPLOYEE_FROM_CORE;
    return query<EmployeeRow>(statement, [
      window.from,
      window.to,
      timed.map(({ fase_id }) => fase_id),
      timed.map(({ duration_p50_seconds: median }) => median),
    ]);
  }
}

function notSupported(gate: GateRow | undefined): KpisByEmployeeDto {
  const { rate = null, threshold, matches = 0, total = 0 } = gate ?? {};
  const share = rate === null ? '' : ` (${(rate * 100).toFixed(1)} %)`;
  return {
    status: 'NOT_SUPPORTED_BY_DATA',
    detail:
      total === 0
        ? 'The workbook assigns no worker to any phase.'
        : `Of the ${total} phases that workers are assigned to, ${matches}${share} are in the workbook: too few to say how much anyone works.`,
    reason: 'employee_productivity',
    ...(rate !== null && { match_rate: rate }),
    ...(threshold !== undefined && { threshold }),
    matches,
    total,
    suggestion: SUGGESTION,
    employees: [],
  };
}

function toEmployee(row: EmployeeRow): KpiEmployeeDto {
  return {
    funcionario_id: row.funcionario_id,
    funcionario_nome: row.funcionario_nome,
    phases_worked: row.phases_worked,
    phases_as_chief: row.phases_as_chief,
    elapsed_hours: row.elapsed_seconds / SECONDS_PER_HOUR,
    elapsed_hours_shared: row.shared_seconds / SECONDS_PER_HOUR,
    ratio_to_phase_median: row.ratio,
    errors: row.errors,
  };
}
