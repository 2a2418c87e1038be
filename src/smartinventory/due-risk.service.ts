import { Inject, Injectable } from '@nestjs/common';
import { CacheService } from '../cache/cache.service';
import { FactoryTime } from '../common/factory-time';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { freshness } from '../published/freshness';
import { activeSince } from './active-since';
import { bucketOf, daysBetween, type RiskBucket } from './due-bucket';
import type { DueRiskDto, DueRiskItemDto, DueRiskQuery } from './dto/due-risk.dto';
import { type DueRow, InventoryQueries } from './inventory.queries';

const DEFAULT_LIMIT = 1000;
const WALL_SECONDS = 30;

/** Which active orders will be late, from the forecasts that the load stored. */
@Injectable()
export class DueRiskService {
  constructor(
    private readonly cache: CacheService,
    private readonly time: FactoryTime,
    @Inject(ENV) private readonly env: Pick<Env, 'dormantDays'>,
  ) {}

  async dueRisk(request: DueRiskQuery): Promise<DueRiskDto> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    return this.cache.remember(
      'smartinventory.due_risk',
      { limit },
      async (query, version) => {
        const since = activeSince(version, this.env.dormantDays);
        const { asOf } = since;
        // Without a data clock nothing is due sooner or later.
        const rows = asOf === null ? [] : await new InventoryQueries(query).readDueRisk(since, limit);
        const dueDay = this.dueDays(asOf === null ? '' : this.time.dayOf(asOf));
        return {
          due_risk_items: rows.map((row) => this.toItem(row, dueDay(row.due))),
          ...freshness(version, this.time),
        };
      },
      { wallSeconds: WALL_SECONDS },
    );
  }

  private toItem(row: DueRow, { dueDate, inWords, bucket }: DueDay): DueRiskItemDto {
    return {
      of_id: row.of_id,
      produto_id: row.produto_id,
      produto_nome: row.produto_nome,
      fase_atual_id: row.fase_atual_id,
      fase_atual_nome: row.fase_atual,
      due_date: dueDate,
      risk_score: row.p_late,
      explanation: `${inWords}; expected on ${this.time.dayOf(row.eta_p50)}, by ${this.time.dayOf(row.eta_p80)} with 80 % certainty.`,
      risk_bucket: bucket,
    };
  }

  /** What is told of a due day, once for the many orders that have the same. */
  private dueDays(today: string): (due: Date) => DueDay {
    const known = new Map<number, DueDay>();
    return (due) => {
      let found = known.get(due.getTime());
      if (found === undefined) {
        const day = this.time.dayOf(due);
        const daysLeft = daysBetween(today, day);
        found = { dueDate: this.time.iso(due), inWords: inWords(day, daysLeft), bucket: bucketOf(daysLeft) };
        known.set(due.getTime(), found);
      }
      return found;
    };
  }
}

interface DueDay {
  dueDate: string;
  inWords: string;
  bucket: RiskBucket;
}

function inWords(day: string, daysLeft: number): string {
  const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);
  if (daysLeft < 0) return `Was due on ${day}, ${days(-daysLeft)} ago`;
  return daysLeft === 0 ? `Due on ${day}, today` : `Due on ${day}, in ${days(daysLeft)}`;
}
