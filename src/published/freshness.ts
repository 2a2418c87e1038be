import { ApiPropertyOptional } from '@nestjs/swagger';
import type { FactoryTime } from '../common/factory-time';
import type { PublishedVersion } from './published-data';

/** Of which load an answer is. The keys are left out, never null, while nothing is loaded: the frontend rejects null. */
export class FreshnessDto {
  @ApiPropertyOptional({
    description: 'The data clock: the latest recorded event of the loaded workbook. Ages and lateness count from it.',
    example: '2025-12-11T12:50:00+00:00',
    format: 'date-time',
  })
  as_of?: string;

  @ApiPropertyOptional({
    description: 'When the load that is served finished.',
    example: '2026-11-23T22:41:07+00:00',
    format: 'date-time',
  })
  generated_at?: string;
}

/** With CLOCK=data the version is one object until the next publish. */
const known = new WeakMap<PublishedVersion, FreshnessDto>();

/** The freshness fields of an answer. */
export function freshness(published: PublishedVersion | undefined, time: FactoryTime): FreshnessDto {
  if (published === undefined) return {};
  let fields = known.get(published);
  if (fields === undefined) known.set(published, (fields = fieldsOf(published, time)));
  return fields;
}

function fieldsOf(published: PublishedVersion, time: FactoryTime): FreshnessDto {
  const generated_at = time.iso(published.generatedAt);
  return published.asOf === null ? { generated_at } : { as_of: time.iso(published.asOf), generated_at };
}
