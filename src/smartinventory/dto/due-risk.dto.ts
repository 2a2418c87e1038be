import { ApiProperty } from '@nestjs/swagger';
import { QueryInteger } from '../../common/query-params';
import { FreshnessDto } from '../../published/freshness';
import { RISK_BUCKETS, type RiskBucket } from '../due-bucket';

/** How many orders are listed. */
export class DueRiskQuery {
  @QueryInteger({ description: 'Orders at most.', minimum: 1, maximum: 100_000, default: 1000 })
  limit?: number;
}

export class DueRiskItemDto {
  @ApiProperty({ description: 'Number of the order.', example: '120583' })
  of_id: string;

  @ApiProperty({ description: 'The product.', type: 'integer', example: 22148 })
  produto_id: number;

  @ApiProperty({ description: 'Null: in no catalogue.', type: String, nullable: true, example: 'K1 Sete' })
  produto_nome: string | null;

  @ApiProperty({ description: 'Type of the open phase, else the one the order names.', type: 'integer', example: 12 })
  fase_atual_id: number;

  @ApiProperty({
    description: 'The phase type that the order is in; null when none is open.',
    type: String,
    nullable: true,
    example: 'Laminagem',
  })
  fase_atual_nome: string | null;

  @ApiProperty({
    description: 'When it is due: of_data_transporte.',
    format: 'date-time',
    example: '2025-12-19T00:00:00+00:00',
  })
  due_date: string;

  @ApiProperty({
    description: 'Probability that it is finished after its due day, 0..1, from the distribution of its ETA.',
    minimum: 0,
    maximum: 1,
    example: 0.73,
  })
  risk_score: number;

  @ApiProperty({
    description: 'The numbers behind it.',
    example: 'Due on 2025-12-19, in 8 days; expected on 2025-12-23, by 2025-12-30 with 80 % certainty.',
  })
  explanation: string;

  @ApiProperty({
    description: 'OVERDUE due before the day of as_of; DUE_7D within 7 days of it; DUE_14D within 14; SAFE later.',
    enum: RISK_BUCKETS,
    example: 'DUE_14D',
  })
  risk_bucket: RiskBucket;
}

/** Answer of /api/smartinventory/due_risk. */
export class DueRiskDto extends FreshnessDto {
  @ApiProperty({
    description: 'Active orders with a due date, a product and a phase; the likeliest to be late first.',
    type: [DueRiskItemDto],
  })
  due_risk_items: DueRiskItemDto[];
}
