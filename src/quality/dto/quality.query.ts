import { QueryInteger, QueryMoment } from '../../common/query-params';

const MOMENT = 'a date (2025-01-01) or date-time (2025-01-01T08:30), factory time unless it has Z or an offset';

/** Which errors an answer is about. */
export class ErrorsQuery {
  @QueryMoment({ description: `Errors at or after: ${MOMENT}. Without: from the first.` })
  from?: string;

  @QueryMoment({ description: 'Errors before (half open); written as from. Without: to the last.' })
  to?: string;

  @QueryInteger({ description: 'Type of the phase in which the error was found.' })
  fase_avaliacao_id?: number;

  @QueryInteger({ description: 'Type of the phase that caused it.' })
  fase_culpada_id?: number;

  @QueryInteger({ description: 'Product of the order.' })
  produto_id?: number;

  @QueryInteger({ description: 'The same as produto_id.' })
  modelo_id?: number;
}

/** Which orders rates are about. */
export class RatesQuery {
  @QueryMoment({ description: `Only orders created at or after: ${MOMENT}. Their errors count whenever found.` })
  from?: string;

  @QueryMoment({ description: 'Only orders created before (half open); written as from.' })
  to?: string;

  @QueryInteger({ description: 'Product of the order.' })
  produto_id?: number;

  @QueryInteger({ description: 'The same as produto_id.' })
  modelo_id?: number;

  @QueryInteger({
    description: 'Rows at most; total says how many there are.',
    minimum: 1,
    maximum: 100_000,
    default: 200,
  })
  limit?: number;
}

/** Which risks are listed. */
export class RiskQuery extends RatesQuery {
  @QueryInteger({ description: 'Type of the phase that causes the error.' })
  fase_culpada_id?: number;
}
