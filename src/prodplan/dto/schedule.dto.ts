import { ApiProperty } from '@nestjs/swagger';
import { QueryInteger } from '../../common/query-params';
import { FreshnessDto } from '../../published/freshness';

/** Query of the current schedule. */
export class ScheduleQuery {
  @QueryInteger({ description: 'Only this phase type; one that has nothing gives an empty list.' })
  fase_id?: number;
}

const HOURS = { type: Number, nullable: true } as const;

/** What stands at a phase type. */
export class SchedulePhaseDto {
  @ApiProperty({ description: 'Phase type; one row each.', type: 'integer', example: 53 })
  fase_id: number;

  @ApiProperty({ description: 'Name of the phase type.', type: String, nullable: true, example: 'Colagem Peças' })
  fase_nome: string | null;

  @ApiProperty({
    description: 'WIP: phases started and not ended, of orders that are open and not dormant.',
    type: 'integer',
    example: 59,
  })
  wip_count: number;

  @ApiProperty({
    ...HOURS,
    description: 'Median age of the WIP (as_of - start), hours; null without WIP.',
    example: 247,
  })
  p50_age_hours: number | null;

  @ApiProperty({
    ...HOURS,
    description: '90th percentile of the age of the WIP, hours; null without WIP.',
    example: 1141,
  })
  p90_age_hours: number | null;

  @ApiProperty({ ...HOURS, description: 'Mean age of the WIP, hours; null without WIP.', example: 480.5 })
  avg_age_hours: number | null;

  @ApiProperty({
    description: 'When the oldest of the WIP started; null without WIP.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2025-07-07T08:00:00+01:00',
  })
  oldest_event_time: string | null;

  @ApiProperty({
    description: 'Queue: active orders with no open phase whose next phase is of this type.',
    type: 'integer',
    example: 1,
  })
  queue_size: number;

  @ApiProperty({
    ...HOURS,
    description:
      'Median wait of the queue (as_of - end of the last ended phase, else creation), hours; null without queue.',
    example: 187,
  })
  queue_p50_age_hours: number | null;

  @ApiProperty({ ...HOURS, description: '90th percentile of that wait, hours; null without queue.', example: 187 })
  queue_p90_age_hours: number | null;
}

/** What stands where at as_of. */
export class ScheduleDto extends FreshnessDto {
  @ApiProperty({
    type: [SchedulePhaseDto],
    description: 'Phase types with WIP or a queue, in the order of production (fase_sequencia, then id).',
  })
  schedule: SchedulePhaseDto[];

  @ApiProperty({ description: 'Sum of wip_count.', type: 'integer', example: 698 })
  total_wip: number;
}
