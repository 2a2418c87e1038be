import { Inject, Injectable } from '@nestjs/common';
import { CacheService } from '../cache/cache.service';
import { InvalidRequestError } from '../common/domain-error';
import { FactoryTime } from '../common/factory-time';
import { NOT_SUPPORTED, type NotSupportedDto } from '../common/not-supported';
import { filterOfTwoNames, timeWindow, type TimeWindow } from '../common/time-window';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { freshness, type FreshnessDto } from '../published/freshness';
import { activeSince } from './active-since';
import { decimal } from './decimal';
import type { GelcoatDto, GelcoatNotSupportedDto, GelcoatRowDto } from './dto/gelcoat.dto';
import type { GelcoatQuery } from './dto/inventory.query';
import { type GelcoatRow, InventoryQueries } from './inventory.queries';

const DISCLAIMER =
  "Theoretical: the product's quantities times its orders, in the unit of the workbook. Not what was consumed.";

/** Share of orders that would need recorded material before their consumption could be told. */
const NEEDED = 0.9;

/** What the data say of materials, which is theory; of consumption they say nothing. */
@Injectable()
export class MaterialsService {
  constructor(
    private readonly cache: CacheService,
    private readonly time: FactoryTime,
    @Inject(ENV) private readonly env: Pick<Env, 'dormantDays'>,
  ) {}

  /** @throws InvalidRequestError for a window that ends before it begins, or parameters that contradict each other. */
  async gelcoat(request: GelcoatQuery): Promise<GelcoatDto | GelcoatNotSupportedDto> {
    const { produto_id, modelo_id } = request;
    const produto = filterOfTwoNames({ produto_id, modelo_id });
    const window = this.windowOf(request);
    return this.cache.remember('smartinventory.gelcoat', { produto, ...window }, async (query, version) => {
      const queries = new InventoryQueries(query);
      const { products, with_gel_deck, with_gel_casco } = await queries.countMaterials();
      if (products > 0 && with_gel_deck === 0 && with_gel_casco === 0) {
        return {
          status: NOT_SUPPORTED,
          reason: `None of the ${products} products of the catalogue has a quantity of gelcoat.`,
          total_products: products,
          with_gel_deck,
          with_gel_casco,
          ...freshness(version, this.time),
        };
      }
      const rows = await queries.readGelcoat(activeSince(version, this.env.dormantDays), produto, window);
      return { ...this.usage(rows, window), ...freshness(version, this.time) };
    });
  }

  /** Never supported: no sheet of the workbook records what an order consumed. */
  consumption(): Promise<NotSupportedDto & FreshnessDto> {
    return this.notSupported('smartinventory.consumption_estimate', {
      detail: 'The consumption of materials cannot be estimated from the loaded data.',
      reason:
        'The workbook records no consumption: what it has of materials are theoretical quantities of gelcoat per product.',
      suggestion: 'Load the withdrawals of material per order; until then see gelcoat_theoretical_usage.',
    });
  }

  /** Never supported: a yield needs the material that went in. */
  materialYield(): Promise<NotSupportedDto & FreshnessDto> {
    return this.notSupported('smartinventory.material_yield', {
      detail: 'The yield of materials cannot be told from the loaded data.',
      reason:
        'A yield compares the material that went in with the piece that came out; the workbook records only the latter.',
      suggestion: 'Load the material issued to each order beside the weights that its phases record.',
    });
  }

  private notSupported(
    route: string,
    texts: Pick<NotSupportedDto, 'detail' | 'reason' | 'suggestion'>,
  ): Promise<NotSupportedDto & FreshnessDto> {
    return this.cache.remember(route, {}, async (query, version) => {
      const queries = new InventoryQueries(query);
      const [{ products, with_gel_deck, with_gel_casco }, orders] = await Promise.all([
        queries.countMaterials(),
        queries.countOrders(),
      ]);
      return {
        status: NOT_SUPPORTED,
        ...texts,
        match_rate: 0,
        threshold: NEEDED,
        counts: { orders, with_recorded_consumption: 0, products, with_gel_deck, with_gel_casco },
        ...freshness(version, this.time),
      };
    });
  }

  private windowOf({ from, from_date, to, to_date }: GelcoatQuery): TimeWindow {
    for (const [one, other, name] of [
      [from, from_date, 'from'],
      [to, to_date, 'to'],
    ] as const) {
      if (one !== undefined && other !== undefined && one !== other) {
        throw new InvalidRequestError(`${name} is '${one}' and ${name}_date '${other}': they are one bound, give one.`);
      }
    }
    return timeWindow(this.time, from ?? from_date, to ?? to_date);
  }

  private usage(rows: readonly GelcoatRow[], { from, to }: TimeWindow): GelcoatDto {
    const usage = rows
      .map(toUsage)
      .sort((a, b) => totalOf(b) - totalOf(a) || b.order_count - a.order_count || a.produto_id - b.produto_id);
    const unknown = rows.filter((row) => row.deck === null && row.casco === null);
    return {
      status: 'SUPPORTED',
      disclaimer: DISCLAIMER,
      by_product: usage,
      gelcoat_usage: usage,
      total_theoretical_gel_deck: decimal(usage.reduce((sum, row) => sum + row.theoretical_usage_deck, 0)),
      total_theoretical_gel_casco: decimal(usage.reduce((sum, row) => sum + row.theoretical_usage_casco, 0)),
      orders_without_quantities: unknown.reduce((sum, row) => sum + row.orders, 0),
      ...(from === undefined ? {} : { from_date: this.time.iso(from) }),
      ...(to === undefined ? {} : { to_date: this.time.iso(to) }),
    };
  }
}

const totalOf = (row: GelcoatRowDto) => row.theoretical_usage_deck + row.theoretical_usage_casco;

function toUsage(row: GelcoatRow): GelcoatRowDto {
  return {
    produto_id: row.produto_id,
    produto_nome: row.produto_nome,
    qtd_gel_deck: row.deck,
    qtd_gel_casco: row.casco,
    ofs_in_progress: row.active_orders,
    order_count: row.orders,
    theoretical_usage_deck: decimal((row.deck ?? 0) * row.orders),
    theoretical_usage_casco: decimal((row.casco ?? 0) * row.orders),
    disclaimer: DISCLAIMER,
  };
}
