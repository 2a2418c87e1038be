import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { Injectable } from '@nestjs/common';
import type { Express } from 'express';
import { BOARD_PATH } from '../../common/pages';
import { QueueHost } from '../../queue/queue-host';
import { QUEUE_NAMES } from '../../queue/queues';

/** Every look is a request with a query to each queue: often enough to watch, rarely enough to be left open. */
const POLL_SECONDS = 10;

/** Bull Board over the product's queues, on Redis and on PostgreSQL alike. Made when it is first asked for. */
@Injectable()
export class QueueBoard {
  private made: Express | undefined;

  constructor(private readonly host: QueueHost) {}

  get app(): Express {
    return (this.made ??= this.make());
  }

  private make(): Express {
    const serverAdapter = new ExpressAdapter();
    serverAdapter.setBasePath(BOARD_PATH);
    createBullBoard({
      queues: QUEUE_NAMES.map((name) => new BullMQAdapter(this.host.queue(name))),
      serverAdapter,
      options: {
        uiConfig: {
          boardTitle: 'PRODPLAN queues',
          pollingInterval: { showSetting: false, forceInterval: POLL_SECONDS },
          hideDocsLink: true,
        },
      },
    });
    const app = serverAdapter.getRouter() as Express;
    app.disable('x-powered-by');
    return app;
  }
}
