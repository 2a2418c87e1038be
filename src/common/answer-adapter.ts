import { hash } from 'node:crypto';
import { StreamableFile } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { KeptAnswers } from './kept-answers';

/**
 * Express as Nest drives it, except that answers are sent as bytes, with the same headers that Express would give them: a
 * kept one as it was written before, another as it is written now. Text Express would look at once more for its charset.
 * At this place and not in an interceptor: one interceptor alone makes Nest run every request through a chain of
 * observables.
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
    if (written === undefined && !isData(response, body)) return super.reply(response, body, statusCode);
    if (statusCode !== undefined) response.status(statusCode);
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    if (written?.etag !== undefined) response.setHeader('ETag', written.etag);
    return response.send(written?.body ?? Buffer.from(JSON.stringify(body)));
  }
}

/** Whether the body is what Nest would have Express write as JSON: no file, and of no type that the handler named. */
function isData(response: Response, body: unknown): boolean {
  const isPlain = typeof body === 'object' && body !== null && !(body instanceof StreamableFile);
  return isPlain && response.getHeader('Content-Type') === undefined;
}

/** As Express writes it, of SHA-1, without making an object for each. */
export function weakETag(body: string | Buffer): string {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return `W/"${bytes.length.toString(16)}-${hash('sha1', bytes, 'base64').slice(0, 27)}"`;
}

function etagOf(response: Response, bytes: Buffer): string | undefined {
  const tag = response.app.get('etag fn') as ((bytes: Buffer) => string) | undefined;
  return tag?.(bytes);
}
