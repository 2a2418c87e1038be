import { Injectable } from '@nestjs/common';
import { CacheService } from '../cache/cache.service';
import { FactoryTime } from '../common/factory-time';
import { freshness } from '../published/freshness';
import { parseCanonicalId } from './canonical-id';
import type { RouteDto, RouteStepDto } from './dto/route.dto';
import { ProductNotFoundError } from './prodplan.errors';
import { ProdplanQueries, type RouteRow } from './prodplan.queries';

/** The standard route of a product, from the catalogue sheets. */
@Injectable()
export class RoutesService {
  constructor(
    private readonly cache: CacheService,
    private readonly time: FactoryTime,
  ) {}

  /**
   * @param withNames whether the product's and the phase types' names are shown
   * @throws ProductNotFoundError when the product is neither in the catalogue nor was ever ordered
   */
  async route(produtoId: string, withNames: boolean): Promise<RouteDto> {
    const id = parseCanonicalId(produtoId);
    if (id === undefined) throw new ProductNotFoundError(produtoId);
    return this.cache.remember('prodplan.route', { id, withNames }, async (query, version) => {
      const rows = await new ProdplanQueries(query).readRoute(id);
      const { in_catalogue, produto_nome, was_ordered } = rows[0];
      if (!in_catalogue && !was_ordered) throw new ProductNotFoundError(produtoId);
      return {
        produto_id: Number(id),
        ...(withNames && { produto_nome }),
        in_catalogue,
        route: rows.filter(isStep).map((row) => toStep(row, withNames)),
        ...freshness(version, this.time),
      };
    });
  }
}

type StepRow = RouteRow & { sequencia: number; fase_id: number; coeficiente: number };
const isStep = (row: RouteRow): row is StepRow => row.fase_id !== null;

function toStep(
  { sequencia, fase_id, fase_nome, coeficiente, coeficiente_x }: StepRow,
  withNames: boolean,
): RouteStepDto {
  return { sequencia, fase_id, ...(withNames && { fase_nome }), coeficiente, coeficiente_x };
}
