import { QueryBoolean, QueryInteger, QueryMoment, QueryText } from '../../common/query-params';

/** Query of the orders list. */
export class OrderListQuery {
  @QueryInteger({ description: 'Orders in a page.', minimum: 1, maximum: 1000, default: 50 })
  limit?: number;

  @QueryText({
    description:
      'next_cursor of the page before. It is a place in the list and stays valid when the filters change; an altered one is a 400.',
  })
  cursor?: string;

  @QueryText({
    description:
      'The first digits of an order id, such as 1205. Any text is taken; what no id begins with finds nothing.',
  })
  of_id?: string;

  @QueryInteger({ description: 'Type of the open phase of the order, else its of_fase_id.' })
  fase_id?: number;

  @QueryInteger({ description: 'Product of the order.' })
  produto_id?: number;

  @QueryInteger({ description: 'The same as produto_id.' })
  modelo_id?: number;

  @QueryMoment({
    description:
      'Created at or after: a date (2025-01-01) or date-time (2025-01-01T08:30), factory time unless it has Z or an offset.',
  })
  data_criacao_from?: string;

  @QueryMoment({ description: 'Created before (half open); written as data_criacao_from.' })
  data_criacao_to?: string;

  @QueryBoolean({ description: 'Also count the orders of all pages.' })
  include_total?: boolean;
}
