import { Inject, Injectable } from '@nestjs/common';
import { factoryZone, type FactoryZone } from '@libs/factory-time';
import { ENV } from '../config/config.module';
import type { Env } from '../config/env';
import { instantOf } from './iso-moment';

/** Instants as the factory writes them: ISO 8601 with the offset its zone has at that instant. */
@Injectable()
export class FactoryTime {
  private readonly zone: FactoryZone;

  constructor(@Inject(ENV) env: Pick<Env, 'factoryTz'>) {
    this.zone = factoryZone(env.factoryTz);
  }

  /** 2025-12-11T12:50:00+00:00. */
  iso(instant: Date): string {
    return this.zone.formatIso(instant.getTime());
  }

  /** As iso, null staying null: nullable fields are present in every answer. */
  isoOrNull(instant: Date | null): string | null {
    return instant === null ? null : this.iso(instant);
  }

  /** The factory's calendar day of an instant, 2025-12-11; days compare as text. */
  dayOf(instant: Date): string {
    return this.zone.dayOf(instant.getTime());
  }

  /** The instant of an ISO date or date-time that isIsoMoment accepted. */
  parse(text: string): Date {
    return instantOf(text, this.zone);
  }
}
