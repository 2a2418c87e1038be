import { Injectable } from '@nestjs/common';
import { SHEETS } from '@libs/workbook';
import { DataSource } from 'typeorm';
import { CacheService } from '../cache/cache.service';
import { Clock } from '../common/clock';
import { FactoryTime } from '../common/factory-time';
import { type Slo, SLOS } from '../common/slos';
import { sqlFile } from '../database/sql-file';
import { hasFailed } from '../published/check';
import { freshness } from '../published/freshness';
import { readMatchRates } from '../published/match-rates';
import { PublishedData } from '../published/published-data';
import { checkRelease } from '../published/release-gate';
import type { GateDto } from './dto/gates.dto';
import type { DataContractDto, FindingDto, PerformanceDto, ReleaseGateDto, SloDto } from './dto/ops-answers.dto';
import { GATED_RATES, gatesOf } from './gates';
import { RequestTimes } from '../common/request-times';
import { type ModelState, modelGatesOf } from './ml-gates';

const READ_FINDINGS = sqlFile(__dirname, 'sql/read_findings.sql');
const READ_MODEL_STATES = sqlFile(__dirname, 'sql/read_model_states.sql');

interface FindingsRow {
  evidence_run_id: number;
  evidence_dropped: boolean;
  rejects: { sheet: string; reason_code: string; count: number }[] | null;
  issues: { sheet: string; code: string; count: number }[] | null;
}

/** Codes of rows that name something that does not exist. */
const ORPHAN = /^(ORPHAN|UNKNOWN)_/;

/** What the product says of itself and of the data it serves. */
@Injectable()
export class OpsService {
  constructor(
    private readonly cache: CacheService,
    private readonly published: PublishedData,
    private readonly dataSource: DataSource,
    private readonly times: RequestTimes,
    private readonly time: FactoryTime,
    private readonly clock: Clock,
  ) {}

  /** The functions that the loaded data switch, by name. */
  async gates(): Promise<Record<string, GateDto>> {
    const rated = await this.cache.remember('ops.feature-gates', {}, async (query, version) =>
      gatesOf(await readMatchRates(query, version)),
    );
    // Whether a model answers changes without a publish.
    const models = await this.published.read(async (query, version) =>
      modelGatesOf(await query<ModelState>(READ_MODEL_STATES, [version?.sample ?? false])),
    );
    return { ...rated, ...models };
  }

  /** What the loaded data hold of what they should; findings lead to the rows they are of. */
  dataContract(): Promise<DataContractDto> {
    return this.cache.remember('ops.data-contract', {}, async (query, version) => {
      const [rates, found] = await Promise.all([
        readMatchRates(query, version),
        version === undefined ? [] : query<FindingsRow>(READ_FINDINGS, [version.runId]),
      ]);
      const { issues, rejects } = findingsOf(found.at(0));
      return {
        match_rates: rates.flatMap(({ name, rate, matches, total, threshold, status }) => {
          const gated = GATED_RATES[name];
          if (rate === null) return [];
          const table = gated === undefined ? name : `${gated.from} -> ${gated.to}`;
          return [{ table, rate, name, matches, total, ...(threshold === null ? {} : { threshold }), status }];
        }),
        orphan_counts: orphansOf([...issues, ...rejects]),
        issues,
        rejects,
        ...freshness(version, this.time),
      };
    });
  }

  /** How fast this process answered lately. Not cached: every request changes it. */
  async performance(): Promise<PerformanceDto> {
    const version = await this.published.current();
    const slos = SLOS.map((slo) => this.measure(slo));
    return {
      slos: slos.filter((slo) => slo !== undefined),
      // Neither kept nor broken: a row would have to claim one of them.
      not_measured: SLOS.filter((_, position) => slos[position] === undefined).map(({ name }) => name),
      generated_at: null,
      ...freshness(version, this.time),
    };
  }

  /** Whether what is in the database may be released. Not cached: a load that failed changes it without a publish. */
  async releaseGate(): Promise<ReleaseGateDto> {
    const checks = await checkRelease(this.dataSource);
    const failed = checks.filter((check) => check.status === 'FAIL');
    return {
      passed: !hasFailed(checks),
      checks: checks.map(({ name, status, detail, action }) => ({
        name,
        passed: status !== 'FAIL',
        ...(action === undefined ? {} : { reason: action }),
        details: detail,
      })),
      ...(failed.length === 0
        ? {}
        : { blocked_reason: failed.map(({ name, detail }) => `${name}: ${detail}`).join('; ') }),
      timestamp: this.time.iso(this.clock.now()),
    };
  }

  /** Undefined where no request was answered yet. */
  private measure({ name, milliseconds, route }: Slo): SloDto | undefined {
    const measured = this.times.p95(route);
    if (measured === undefined) return undefined;
    return {
      name,
      target: `${milliseconds} ms`,
      actual: `${measured.milliseconds.toFixed(1)} ms`,
      status: measured.milliseconds < milliseconds ? 'PASS' : 'FAIL',
      details: `over the latest ${measured.requests} requests`,
    };
  }
}

/** The counts of a run's report, each with the place where its rows are listed. */
function findingsOf(row: FindingsRow | undefined): { issues: FindingDto[]; rejects: FindingDto[] } {
  const finding = (list: string, filter: string, sheet: string, code: string, count: number): FindingDto => {
    const entity = SHEETS.find((one) => one.sheet === sheet)?.entity ?? sheet;
    const drill_down = `/api/ingestion/${list}/${row?.evidence_run_id}?entity=${entity}&${filter}=${code}`;
    return { entity, sheet, code, count, ...(row?.evidence_dropped ? {} : { drill_down }) };
  };
  return {
    issues: (row?.issues ?? []).map(({ sheet, code, count }) => finding('issues', 'code', sheet, code, count)),
    rejects: (row?.rejects ?? []).map(({ sheet, reason_code, count }) =>
      finding('rejects', 'reason_code', sheet, reason_code, count),
    ),
  };
}

function orphansOf(findings: readonly FindingDto[]): DataContractDto['orphan_counts'] {
  const counts = new Map<string, number>();
  for (const { entity, code, count } of findings) {
    if (ORPHAN.test(code)) counts.set(entity, (counts.get(entity) ?? 0) + count);
  }
  return [...counts]
    .map(([table, count]) => ({ table, count }))
    .sort((a, b) => b.count - a.count || (a.table < b.table ? -1 : 1));
}
