import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { PublishedData } from '../../published/published-data';
import { ORDER_MODELS } from '../models';
import { Answering } from './answering';
import { KnownPasts, MINIMUM_FINISHED } from './known-past';

const LOOK_EVERY_MS = 2_000;

/**
 * Makes this process ready for questions before one is asked: reads and walks through the past of what is published, and
 * puts each champion to the test. A look that finds nothing new costs a few statements. Each process that answers looks
 * by itself, since what it makes ready lies in its own memory; the publish may be another's.
 */
@Injectable()
export class KeepReady implements OnModuleDestroy {
  private readonly logger = new Logger(KeepReady.name);
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly published: PublishedData,
    private readonly pasts: KnownPasts,
    private readonly answering: Answering,
  ) {}

  /** Looks now and from now on, until the application ends. */
  start(): void {
    const look = (): void => {
      this.looking ??= this.look().finally(() => (this.looking = undefined));
    };
    this.timer = setInterval(look, LOOK_EVERY_MS).unref();
    look();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Makes ready what is not; never throws, since whoever asks a question is told what is wrong. */
  async look(): Promise<void> {
    try {
      if ((await this.published.current()) === undefined) return;
      const known = await this.pasts.current();
      if (known === undefined || known.finished < MINIMUM_FINISHED) return;
      for (const model of ORDER_MODELS) await this.answering.answererOf(model, known);
    } catch (error) {
      // A look that the end of the application cuts short is of no interest.
      if (this.timer === undefined) return;
      this.logger.warn(`predictions are not ready: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
