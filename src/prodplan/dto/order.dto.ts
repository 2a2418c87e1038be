import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';
import { ETA_METHODS, type EtaMethod } from '../eta-method';
import { ORDER_STATUSES, type OrderStatus } from '../order-status';

/** A manufacturing order as lists and the detail show it. */
export class OrderDto {
  @ApiProperty({
    description: 'Number of the order; a string, since it is a name and not a quantity.',
    example: '120583',
  })
  of_id: string;

  @ApiProperty({ description: 'When it was created.', format: 'date-time', example: '2025-11-03T09:12:00+00:00' })
  of_data_criacao: string;

  @ApiProperty({
    description: 'When it was finished.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
  })
  of_data_acabamento: string | null;

  @ApiProperty({
    description: 'When it is to be shipped.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2025-12-19T00:00:00+00:00',
  })
  of_data_transporte: string | null;

  @ApiProperty({
    description: 'Product ordered; may be one that is in no catalogue.',
    type: 'integer',
    nullable: true,
    example: 22148,
  })
  of_produto_id: number | null;

  @ApiProperty({ description: 'Phase type the order names as its own.', type: 'integer', nullable: true, example: 1 })
  of_fase_id: number | null;

  @ApiProperty({
    description:
      'DONE closed; LATE due day before the day of as_of; AT_RISK the p50 ETA is after the due day; IN_PROGRESS a phase has started; CREATED none has. The first that holds.',
    enum: ORDER_STATUSES,
    example: 'IN_PROGRESS',
  })
  status: OrderStatus;

  @ApiProperty({
    description: 'When it is due: of_data_transporte.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2025-12-19T00:00:00+00:00',
  })
  due_date: string | null;

  @ApiProperty({
    description:
      'When it will be finished (p50): as likely earlier as later. Computed at the load, as of as_of. Null for closed and dormant orders, and where nothing comparable was ever finished.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2025-12-17T12:43:00+00:00',
  })
  eta: string | null;

  @ApiProperty({
    description: 'By when it will be finished with a probability of 80 % (p80); null where eta is.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2025-12-27T09:10:00+00:00',
  })
  eta_p80: string | null;

  @ApiProperty({
    description:
      'What eta comes from: orders that stood in the same place before, or the trained model of remaining times; null where eta is.',
    enum: ETA_METHODS,
    nullable: true,
    example: 'comparable_orders',
  })
  eta_method: EtaMethod | null;

  @ApiProperty({
    description: 'Open, and without a recorded event in the 180 days (DORMANT_DAYS) before as_of.',
    example: false,
  })
  dormant: boolean;

  @ApiProperty({
    description: 'Name of the product in the catalogue.',
    type: String,
    nullable: true,
    example: 'K1 Sete M',
  })
  produto_nome: string | null;

  @ApiProperty({ description: 'Whether the catalogue (Modelos) has the product.', example: true })
  produto_in_catalogue: boolean;

  @ApiProperty({
    description: 'Type of the open phase, else of_fase_id.',
    type: 'integer',
    nullable: true,
    example: 1,
  })
  fase_atual_id: number | null;

  @ApiProperty({ description: 'Name of fase_atual_id.', type: String, nullable: true, example: 'Laminagem' })
  fase_atual: string | null;
}

/** One order, with the load it was read from. */
export class OrderDetailDto extends OrderDto implements FreshnessDto {
  @ApiPropertyOptional({
    description: 'Why eta_method was chosen at the load; absent where eta is null.',
    example: 'No trained model of remaining times has beaten it yet.',
  })
  eta_method_reason?: string;

  @ApiPropertyOptional({ description: 'The data clock.', format: 'date-time', example: '2025-12-11T12:50:00+00:00' })
  as_of?: string;

  @ApiPropertyOptional({
    description: 'When the load finished.',
    format: 'date-time',
    example: '2026-11-23T22:41:07+00:00',
  })
  generated_at?: string;
}

/** A page of orders. */
export class OrderListDto extends FreshnessDto {
  @ApiProperty({ type: [OrderDto], description: 'Newest first, by (of_data_criacao, of_id).' })
  orders: OrderDto[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Pass it as cursor to get the next page; null on the last.',
    example: 'rGzZ0n0gJ8mCWzE3NjIxNjExMjAwMDAwMDAsIjEyMDU4MyJd',
  })
  next_cursor: string | null;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'Orders over all pages; only with include_total=true.',
    example: 27380,
  })
  total?: number;
}
