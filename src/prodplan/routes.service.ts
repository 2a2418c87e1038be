import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { FactoryTime } from '../common/factory-time';
import { FaseCatalogo } from '../database/entities/fase-catalogo.entity';
import { FaseStandardModelo } from '../database/entities/fase-standard-modelo.entity';
import { Modelo } from '../database/entities/modelo.entity';
import { OrdemFabrico } from '../database/entities/ordem-fabrico.entity';
import { freshness } from '../published/freshness';
import { PublishedData } from '../published/published-data';
import { parseCanonicalId } from './canonical-id';
import type { RouteDto, RouteStepDto } from './dto/route.dto';
import { ProductNotFoundError } from './prodplan.errors';

/** The standard route of a product, from the catalogue sheets. */
@Injectable()
export class RoutesService {
  constructor(
    private readonly published: PublishedData,
    private readonly time: FactoryTime,
  ) {}

  /**
   * @param withNames whether the product's and the phase types' names are looked up
   * @throws ProductNotFoundError when the product is neither in the catalogue nor was ever ordered
   */
  async route(produtoId: string, withNames: boolean): Promise<RouteDto> {
    const id = parseCanonicalId(produtoId);
    if (id === undefined) throw new ProductNotFoundError(produtoId);
    return this.published.readEntities(async (manager, version) => {
      const produto_id = Number(id);
      const modelo = await manager.findOneBy(Modelo, { produto_id });
      if (modelo === null && !(await manager.existsBy(OrdemFabrico, { of_produto_id: produto_id }))) {
        throw new ProductNotFoundError(produtoId);
      }
      return {
        produto_id,
        ...(withNames && { produto_nome: modelo?.produto_nome ?? null }),
        in_catalogue: modelo !== null,
        route: await steps(manager, produto_id, withNames),
        ...freshness(version, this.time),
      };
    });
  }
}

async function steps(manager: EntityManager, produto_id: number, withNames: boolean): Promise<RouteStepDto[]> {
  const rows = await manager.find(FaseStandardModelo, {
    where: { produto_id },
    order: { sequencia: 'ASC', fase_id: 'ASC' },
  });
  const fases = withNames ? await manager.findBy(FaseCatalogo, { fase_id: In(rows.map((row) => row.fase_id)) }) : [];
  const names = new Map(fases.map((fase) => [fase.fase_id, fase.fase_nome]));
  return rows.map(({ sequencia, fase_id, coeficiente, coeficiente_x }) => ({
    sequencia,
    fase_id,
    ...(withNames && { fase_nome: names.get(fase_id) ?? null }),
    coeficiente,
    coeficiente_x,
  }));
}
