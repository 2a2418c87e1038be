import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { QueryBoolean } from '../../common/query-params';
import { FreshnessDto } from '../../published/freshness';

/** Query of a route. */
export class RouteQuery {
  @QueryBoolean({ description: 'false leaves out the names of the product and of its phase types.' })
  names?: boolean;
}

/** A step of a standard route. */
export class RouteStepDto {
  @ApiProperty({ description: 'Place in the route; steps may share one.', type: 'integer', example: 10 })
  sequencia: number;

  @ApiProperty({ description: 'Phase type.', type: 'integer', example: 1 })
  fase_id: number;

  @ApiPropertyOptional({
    description: 'Name of the phase type; absent with names=false.',
    type: String,
    nullable: true,
    example: 'Laminagem',
  })
  fase_nome?: string | null;

  @ApiProperty({
    description: 'Coefficient; its unit is not known, so it is neither hours nor money.',
    type: Number,
    nullable: true,
    example: 1.5,
  })
  coeficiente: number | null;

  @ApiProperty({ description: 'Second coefficient; its unit is not known.', type: Number, nullable: true, example: 0 })
  coeficiente_x: number | null;
}

/** The standard sequence of phases of a product. */
export class RouteDto extends FreshnessDto {
  @ApiProperty({ description: 'The product.', type: 'integer', example: 22148 })
  produto_id: number;

  @ApiPropertyOptional({
    description: 'Name in the catalogue; absent with names=false.',
    type: String,
    nullable: true,
    example: 'K1 Sete M',
  })
  produto_nome?: string | null;

  @ApiProperty({
    description: 'Whether the catalogue (Modelos) has the product; one that was only ordered has no route.',
    example: true,
  })
  in_catalogue: boolean;

  @ApiProperty({ type: [RouteStepDto], description: 'By (sequencia, fase_id).' })
  route: RouteStepDto[];
}
