import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { KeptAnswers } from './kept-answers';

/**
 * Express as Nest drives it, except that a kept answer is sent as it was written before, with the same headers that
 * Express would give it. At this place and not in an interceptor: one interceptor alone makes Nest run every request
 * through a chain of observables.
 */
export class AnswerAdapter extends ExpressAdapter {
  constructor(private readonly kept = new KeptAnswers()) {
    super();
  }

  get keptAnswers(): KeptAnswers {
    return this.kept;
  }

  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    const written = this.kept.written(body, (bytes) => etagOf(response, bytes));
    if (written === undefined) return super.reply(response, body, statusCode);
    if (statusCode !== undefined) response.status(statusCode);
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    if (written.etag !== undefined) response.setHeader('ETag', written.etag);
    return response.send(written.body);
  }
}

function etagOf(response: Response, bytes: Buffer): string | undefined {
  const tag = response.app.get('etag fn') as ((bytes: Buffer) => string) | undefined;
  return tag?.(bytes);
}
