import { QueryInteger, QueryMoment } from '../../common/query-params';

/** Which product an answer is about. */
export class ProductQuery {
  @QueryInteger({ description: 'Product of the order.' })
  produto_id?: number;

  @QueryInteger({ description: 'The same as produto_id.' })
  modelo_id?: number;
}

/** Which work in process an answer is about. */
export class WipQuery extends ProductQuery {
  @QueryInteger({ description: 'Type of the open phase.' })
  fase_id?: number;
}

/** Which orders gelcoat is reckoned for. */
export class GelcoatQuery extends ProductQuery {
  @QueryMoment({
    description:
      'Orders created at or after: a date (2025-01-01) or date-time, factory time unless it has Z or an offset. Without both dates: the active orders.',
  })
  from_date?: string;

  @QueryMoment({ description: 'Orders created before (half open); written as from_date.' })
  to_date?: string;

  @QueryMoment({ description: 'The same as from_date.' })
  from?: string;

  @QueryMoment({ description: 'The same as to_date.' })
  to?: string;
}
