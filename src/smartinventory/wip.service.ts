import { Inject, Injectable } from '@nestjs/common';
import { CacheService } from '../cache/cache.service';
import { FactoryTime } from '../common/factory-time';
import { filterOfTwoNames } from '../common/time-window';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { freshness } from '../published/freshness';
import { activeSince } from './active-since';
import type { WipQuery } from './dto/inventory.query';
import type { WipDto, WipMassDto, WipMassRowDto } from './dto/wip.dto';
import { InventoryQueries, type MassRow, type WipFilter, type WipRow } from './inventory.queries';

const WALL_SECONDS = 30;
const SECONDS_PER_HOUR = 3600;

/** Work in process: open phases of active orders, and what they weigh. */
@Injectable()
export class WipService {
  constructor(
    private readonly cache: CacheService,
    private readonly time: FactoryTime,
    @Inject(ENV) private readonly env: Pick<Env, 'dormantDays'>,
  ) {}

  /** @throws InvalidRequestError for filters that contradict each other. */
  async wip(request: WipQuery): Promise<WipDto> {
    const filter = filterOf(request);
    return this.cache.remember(
      'smartinventory.wip',
      { ...filter },
      async (query, version) => {
        const rows = await new InventoryQueries(query).readWip(activeSince(version, this.env.dormantDays), filter);
        return {
          wip: rows.map((row) => toWip(row, filter)),
          total_wip: rows.reduce((sum, row) => sum + row.wip_count, 0),
          ...freshness(version, this.time),
        };
      },
      { wallSeconds: WALL_SECONDS },
    );
  }

  /** @throws InvalidRequestError for filters that contradict each other. */
  async mass(request: WipQuery): Promise<WipMassDto> {
    const filter = filterOf(request);
    return this.cache.remember(
      'smartinventory.wip_mass',
      { ...filter },
      async (query, version) => {
        const rows = await new InventoryQueries(query).readMass(activeSince(version, this.env.dormantDays), filter);
        const weighed = rows.filter(isWeighed).map(toMass);
        return {
          wip_mass: weighed,
          wip_mass_by_phase_and_product: weighed,
          by_phase: byPhase(weighed),
          total_wip_mass_kg: weighed.reduce((sum, row) => sum + row.mass_kg, 0),
          without_mass: rows.reduce((sum, row) => sum + row.without_mass, 0),
          confidence: confidenceOf(rows).toLowerCase() as WipMassDto['confidence'],
          ...freshness(version, this.time),
        };
      },
      { wallSeconds: WALL_SECONDS },
    );
  }
}

function filterOf({ fase_id, produto_id, modelo_id }: WipQuery): WipFilter {
  return { fase: fase_id, produto: filterOfTwoNames({ produto_id, modelo_id }) };
}

/** Hours are divided here and nowhere else, as in the current schedule, so that both answer the same to the last digit. */
function toWip({ fase_id, fase_nome, wip_count, ...age }: WipRow, { produto }: WipFilter): WipDto['wip'][number] {
  return {
    fase_id,
    fase_nome,
    wip_count,
    p50_age_hours: hours(age.age_p50_seconds),
    p90_age_hours: hours(age.age_p90_seconds),
    avg_age_hours: hours(age.age_avg_seconds),
    produto_id: produto ?? null,
  };
}

function hours(seconds: number | null): number | null {
  return seconds === null ? null : seconds / SECONDS_PER_HOUR;
}

type Weighed = MassRow & { mass_kg: number };
const isWeighed = (row: MassRow): row is Weighed => row.mass_kg !== null;

function toMass(row: Weighed): WipMassRowDto {
  return {
    fase_id: row.fase_id,
    produto_id: row.produto_id,
    wip_mass_kg: row.mass_kg,
    total_mass_kg: row.mass_kg,
    mass_kg: row.mass_kg,
    low_confidence: row.estimated > 0,
    wip_count: row.wip_count,
    without_mass: row.without_mass,
    ...(row.fase_nome === null ? {} : { fase_nome: row.fase_nome }),
    confidence: confidenceOf([row]),
  };
}

/** Of the orders whose mass is known; HIGH where there is none, since nothing is guessed. */
function confidenceOf(rows: readonly MassRow[]): WipMassRowDto['confidence'] {
  const estimated = rows.reduce((sum, row) => sum + row.estimated, 0);
  const known = rows.reduce((sum, row) => sum + row.wip_count - row.without_mass, 0);
  if (estimated === 0) return 'HIGH';
  return estimated < known ? 'ESTIMATED' : 'LOW';
}

function byPhase(rows: readonly WipMassRowDto[]): WipMassDto['by_phase'] {
  const phases = new Map<number, { fase_id: number; fase_nome: string; mass_kg: number }>();
  for (const { fase_id, fase_nome, mass_kg } of rows) {
    // The page prints the name as it is and has no word of its own for a nameless type.
    const phase = phases.get(fase_id) ?? { fase_id, fase_nome: fase_nome ?? `Fase ${fase_id}`, mass_kg: 0 };
    phase.mass_kg += mass_kg;
    phases.set(fase_id, phase);
  }
  return [...phases.values()].sort((a, b) => b.mass_kg - a.mass_kg || a.fase_id - b.fase_id);
}
