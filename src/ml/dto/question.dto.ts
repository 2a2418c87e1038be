import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, MaxLength, ValidateBy } from 'class-validator';
import { QueryInteger, QueryMoment } from '../../common/query-params';

/** Lists of a question are short: nothing is refused for being long, but no body is searched for ever. */
const MOST_FEATURES = 100;

function isNumbersByName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= MOST_FEATURES && entries.every(([, each]) => typeof each === 'number' && Number.isFinite(each))
  );
}

const NumbersByName = (): PropertyDecorator =>
  ValidateBy({
    name: 'isNumbersByName',
    validator: {
      validate: isNumbersByName,
      defaultMessage: () => `must be numbers by the names of features, at most ${MOST_FEATURES}`,
    },
  });

/** What a prediction is asked for; the same in a query and in a body. */
export class QuestionDto {
  @QueryInteger({ description: 'The product.', minimum: 0 })
  modelo_id?: number;

  @QueryInteger({ description: 'The same as modelo_id.', minimum: 0 })
  produto_id?: number;

  @ApiPropertyOptional({ description: 'An existing order: what was known when it was created.', type: String })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'number' ? String(value) : value))
  @IsString()
  @MaxLength(40)
  of_id?: string;

  @ApiPropertyOptional({ description: 'The family (first two words of the names), for a product that is not known.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  family?: string;

  @QueryMoment({ description: 'The transport date, where it is known: it is then looked at too.' })
  data_transporte?: string;

  @ApiPropertyOptional({
    description:
      'creation: what is known at the creation; transport: the transport date too, which may have been set later.',
    enum: ['creation', 'transport'],
  })
  @IsOptional()
  @IsIn(['creation', 'transport'])
  feature_set?: 'creation' | 'transport';
}

/** As QuestionDto, with features of one's own. */
export class QuestionBodyDto extends QuestionDto {
  @ApiPropertyOptional({
    description: 'Values by feature that replace those of the factory as it is; GET /api/ml/features lists them.',
    type: 'object',
    additionalProperties: { type: 'number' },
  })
  @IsOptional()
  @NumbersByName()
  features?: Record<string, number>;

  @ApiPropertyOptional({
    description: 'The same as features.',
    type: 'object',
    additionalProperties: { type: 'number' },
  })
  @IsOptional()
  @NumbersByName()
  stats?: Record<string, number>;
}
