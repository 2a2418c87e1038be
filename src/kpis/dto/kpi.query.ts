import { QueryInteger, QueryMoment } from '../../common/query-params';

/** A window [from, to) of factory time. */
export class KpiQuery {
  @QueryMoment({
    description:
      'Begin of the window, included: a date (2025-09-01) or date-time, factory time unless it has Z or an offset. Without it, 90 calendar days before its end.',
  })
  from?: string;

  @QueryMoment({ description: 'End of the window, not included; written as from. Without it, as_of.' })
  to?: string;
}

/** A window, for one phase type or all. */
export class KpiByPhaseQuery extends KpiQuery {
  @QueryInteger({ description: 'Only this phase type; an unknown one gives an empty list.' })
  fase_id?: number;
}

/** A window, for one product or all. */
export class KpiByProductQuery extends KpiQuery {
  @QueryInteger({ description: 'Only this product; an unknown one gives an empty list.' })
  produto_id?: number;
}
