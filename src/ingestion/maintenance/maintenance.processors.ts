import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { JobProcessor } from '../../queue/base.processor';
import { JobProducer } from '../../queue/job-producer';
import { MaintenanceService } from './maintenance.service';
import { UploadsService } from './uploads.service';

/** What follows from core is wrong once core was repaired. */
@Injectable()
class AfterRepair {
  constructor(
    private readonly producer: JobProducer,
    private readonly clock: Clock,
  ) {}

  async report(repaired: number): Promise<{ repaired: number }> {
    if (repaired > 0) {
      await this.producer.add('analytics.compute-aggregates', { repairedAt: this.clock.now().getTime() });
    }
    return { repaired };
  }
}

/** Repairs the derived columns of phases. */
@Injectable()
class BackfillPhaseColumnsProcessor extends JobProcessor<'maintenance.backfill-phase-columns'> {
  readonly job = 'maintenance.backfill-phase-columns' as const;

  constructor(
    private readonly maintenance: MaintenanceService,
    private readonly afterRepair: AfterRepair,
  ) {
    super();
  }

  async process(): Promise<{ repaired: number }> {
    return this.afterRepair.report(await this.maintenance.backfillPhaseColumns());
  }
}

/** Repairs the times of errors. */
@Injectable()
class BackfillErrorEventTimeProcessor extends JobProcessor<'maintenance.backfill-error-event-time'> {
  readonly job = 'maintenance.backfill-error-event-time' as const;

  constructor(
    private readonly maintenance: MaintenanceService,
    private readonly afterRepair: AfterRepair,
  ) {
    super();
  }

  async process(): Promise<{ repaired: number }> {
    return this.afterRepair.report(await this.maintenance.backfillErrorEventTime());
  }
}

/** Brings the findings about orphans in line with core. */
@Injectable()
class ReconcileProcessor extends JobProcessor<'maintenance.reconcile'> {
  readonly job = 'maintenance.reconcile' as const;

  constructor(private readonly maintenance: MaintenanceService) {
    super();
  }

  async process(): Promise<{ resolved: number; recorded: number }> {
    return this.maintenance.reconcile();
  }
}

/** Makes the partitions of the next months. */
@Injectable()
class EnsurePartitionsAheadProcessor extends JobProcessor<'maintenance.ensure-partitions-ahead'> {
  readonly job = 'maintenance.ensure-partitions-ahead' as const;

  constructor(private readonly maintenance: MaintenanceService) {
    super();
  }

  async process(): Promise<{ months: string[] }> {
    return { months: await this.maintenance.ensurePartitionsAhead() };
  }
}

/** Writes the report on the partitions. */
@Injectable()
class PartitionHealthReportProcessor extends JobProcessor<'maintenance.partition-health-report'> {
  readonly job = 'maintenance.partition-health-report' as const;

  constructor(private readonly maintenance: MaintenanceService) {
    super();
  }

  async process(): Promise<{ rows_in_default: number; months_ahead: number }> {
    const { rows_in_default, months_ahead } = await this.maintenance.reportPartitions();
    return { rows_in_default, months_ahead };
  }
}

/** Removes old uploads. */
@Injectable()
class PruneUploadsProcessor extends JobProcessor<'maintenance.prune-uploads'> {
  readonly job = 'maintenance.prune-uploads' as const;

  constructor(private readonly uploads: UploadsService) {
    super();
  }

  async process(): Promise<{ removed: number }> {
    return { removed: await this.uploads.prune() };
  }
}

export const MAINTENANCE_PROVIDERS = [
  MaintenanceService,
  UploadsService,
  AfterRepair,
  BackfillPhaseColumnsProcessor,
  BackfillErrorEventTimeProcessor,
  ReconcileProcessor,
  EnsurePartitionsAheadProcessor,
  PartitionHealthReportProcessor,
  PruneUploadsProcessor,
];
