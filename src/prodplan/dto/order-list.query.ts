import { QueryBoolean, QueryInteger, QueryMoment, QueryText } from '../../common/query-params';

/** Query of the orders list. */
export class OrderListQuery {
  @QueryInteger({ description: 'Orders in a page.', minimum: 1, maximum: 1000, default: 50, example: 50 })
  limit?: number;

  @QueryText({
    description:
      'next_cursor of the page before. It is a place in the list and stays valid when the filters change; an altered one is a 400.',
  })
  cursor?: string;

  @QueryText({
    description: 'The first digits of an order id. Any text is taken; what no id begins with finds nothing.',
    example: '1205',
  })
  of_id?: string;

  @QueryInteger({ description: 'Type of the open phase of the order, else its of_fase_id.', example: 12 })
  fase_id?: number;

  @QueryInteger({ description: 'Product of the order.', example: 22148 })
  produto_id?: number;

  @QueryInteger({ description: 'The same as produto_id.' })
  modelo_id?: number;

  @QueryMoment({
    description: 'Created at or after; a date or a date-time, factory time unless it has Z or an offset.',
    example: '2025-01-01',
  })
  data_criacao_from?: string;

  @QueryMoment({ description: 'Created before (half open); written as data_criacao_from.', example: '2026-01-01' })
  data_criacao_to?: string;

  @QueryBoolean({ description: 'Also count the orders of all pages.', example: true })
  include_total?: boolean;
}
