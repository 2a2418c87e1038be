import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FreshnessDto } from '../../published/freshness';

export class GelcoatRowDto {
  @ApiProperty({ description: 'The product.', type: 'integer', example: 22148 })
  produto_id: number;

  @ApiProperty({ description: 'Null: in no catalogue.', type: String, nullable: true, example: 'K1 Sete' })
  produto_nome: string | null;

  @ApiProperty({
    description: "Deck, per piece, in the workbook's unit; null: unknown.",
    type: Number,
    nullable: true,
    example: 0.9,
  })
  qtd_gel_deck: number | null;

  @ApiProperty({
    description: "Hull, per piece, in the workbook's unit; null: unknown.",
    type: Number,
    nullable: true,
    example: 1,
  })
  qtd_gel_casco: number | null;

  @ApiProperty({ description: 'Active orders of the product among those reckoned.', type: 'integer', example: 4 })
  ofs_in_progress: number;

  @ApiProperty({ description: 'Orders that the quantities were multiplied by.', type: 'integer', example: 4 })
  order_count: number;

  @ApiProperty({ description: 'qtd_gel_deck x order_count; 0 where the quantity is unknown.', example: 3.6 })
  theoretical_usage_deck: number;

  @ApiProperty({ description: 'qtd_gel_casco x order_count; 0 where the quantity is unknown.', example: 4 })
  theoretical_usage_casco: number;

  @ApiProperty({ description: 'What the figure is not.' })
  disclaimer: string;
}

/** Answer of /api/smartinventory/gelcoat_theoretical_usage. */
export class GelcoatDto extends FreshnessDto {
  @ApiProperty({
    enum: ['SUPPORTED'],
    description: 'SUPPORTED; NOT_SUPPORTED_BY_DATA where no product has a quantity.',
  })
  status: 'SUPPORTED';

  @ApiProperty({ description: 'What the figures are not.' })
  disclaimer: string;

  @ApiProperty({ description: 'The product with the most gelcoat first.', type: [GelcoatRowDto] })
  by_product: GelcoatRowDto[];

  @ApiProperty({ description: 'The same list.', type: [GelcoatRowDto] })
  gelcoat_usage: GelcoatRowDto[];

  @ApiProperty({ description: "Over all products, in the workbook's unit.", example: 401.2 })
  total_theoretical_gel_deck: number;

  @ApiProperty({ description: "Over all products, in the workbook's unit.", example: 455.9 })
  total_theoretical_gel_casco: number;

  @ApiProperty({
    description: 'Orders of products without any quantity; they add nothing.',
    type: 'integer',
    example: 31,
  })
  orders_without_quantities: number;

  @ApiPropertyOptional({ description: 'Begin of the window; left out when none was given.', format: 'date-time' })
  from_date?: string;

  @ApiPropertyOptional({ description: 'End of the window; left out when none was given.', format: 'date-time' })
  to_date?: string;
}

/** The same path where no product has a quantity. */
export class GelcoatNotSupportedDto extends FreshnessDto {
  @ApiProperty({ description: 'Says that the data do not carry the figure.', enum: ['NOT_SUPPORTED_BY_DATA'] })
  status: 'NOT_SUPPORTED_BY_DATA';

  @ApiProperty({ description: 'Why it cannot be reckoned.' })
  reason: string;

  @ApiProperty({ description: 'Products of the catalogue.', type: 'integer', example: 894 })
  total_products: number;

  @ApiProperty({ description: 'Those with a quantity for the deck.', type: 'integer', example: 0 })
  with_gel_deck: number;

  @ApiProperty({ description: 'Those with a quantity for the hull.', type: 'integer', example: 0 })
  with_gel_casco: number;
}
