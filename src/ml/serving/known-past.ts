import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type FactoryPast, type OrderTable, orderTableSteps, type OrderView, type Replay } from '@libs/learning';
import { PublishedData, type PublishedVersion } from '../../published/published-data';
import { readPast } from '../past/read-past';
import { readPhaseNames } from '../past/read-phase-names';

/** Finished orders that an answer needs. */
export const MINIMUM_FINISHED = 500;

/** The published past, walked through once: what was known at each creation, and what is known now. */
export interface KnownPast {
  readonly published: PublishedVersion;
  readonly past: FactoryPast;
  readonly phaseNames: ReadonlyMap<number, string>;
  readonly table: OrderTable;
  /** Row of the table by of_id. */
  readonly rowOf: ReadonlyMap<number, number>;
  readonly everOrdered: ReadonlySet<number>;
  readonly finished: number;
  /** As of the data clock, seconds since 1970; features are taken right after it. */
  readonly now: number;
  readonly replay: Replay;
  /** What is known now for an order of a product, or of a family. */
  viewOfProduct(product: number | undefined, due?: number): OrderView;
}

/** Keeps the past of the published data: read and walked through once per publish, by whoever asks first. */
@Injectable()
export class KnownPasts {
  private kept: { version: number; past: Promise<KnownPast | undefined> } | undefined;

  constructor(private readonly published: PublishedData) {}

  /** undefined while nothing with a recorded event is published. */
  async current(): Promise<KnownPast | undefined> {
    const present = await this.published.current();
    if (present === undefined) return undefined;
    if (this.kept?.version !== present.version) {
      const past = this.read(present);
      this.kept = { version: present.version, past };
      // A failure is told to who waits, and forgotten: the next one tries again.
      past.catch(() => {
        if (this.kept?.past === past) this.kept = undefined;
      });
    }
    return this.kept.past;
  }

  private async read(present: PublishedVersion): Promise<KnownPast | undefined> {
    const read = await this.published.readPublished(async (query, published) => {
      if (published === undefined) return undefined;
      return { past: await readPast(query), phaseNames: await readPhaseNames(query), published };
    }, present);
    const asOf = read?.published.asOf ?? null;
    if (read === undefined || asOf === null) return undefined;
    const { past, phaseNames, published } = read;
    const steps = orderTableSteps(past);
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) await setImmediate();
    const { table, replay } = step.value;
    // What happened at the data clock itself is known.
    const latest = past.orders.at(-1)?.created ?? 0;
    const now = Math.max(asOf.getTime() / 1000, latest) + 1;
    return {
      ...{ published, past, phaseNames, table, replay, now },
      rowOf: new Map(past.orders.map(({ id }, row) => [id, row])),
      everOrdered: new Set(past.orders.flatMap(({ product }) => product ?? [])),
      finished: table.ended.reduce((count, ended) => count + Number(!Number.isNaN(ended)), 0),
      viewOfProduct: (product, due) => replay.view(now, product, due),
    };
  }
}
