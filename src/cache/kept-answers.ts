import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';

interface Written {
  text: string;
  etag: string | undefined;
}

/** Answers that the cache gives out again and again, each written as JSON once and not at every hit. */
@Injectable()
export class KeptAnswers {
  private readonly answers = new WeakMap<object, Written | undefined>();

  /** Remembers that an answer is shared and so never changes. */
  add(answer: unknown): void {
    if (typeof answer === 'object' && answer !== null && !this.answers.has(answer)) this.answers.set(answer, undefined);
  }

  /** The answer as it is sent, or undefined when it is not a kept one. `etagOf` is asked the first time. */
  written(answer: unknown, etagOf: (text: string) => string | undefined): Written | undefined {
    if (typeof answer !== 'object' || answer === null || !this.answers.has(answer)) return undefined;
    const known = this.answers.get(answer);
    if (known !== undefined) return known;
    const text = JSON.stringify(answer);
    const written = { text, etag: etagOf(text) };
    this.answers.set(answer, written);
    return written;
  }
}

/** Sends a kept answer as it was written before, with the same headers that Express would give it. */
@Injectable()
export class KeptAnswersInterceptor implements NestInterceptor {
  constructor(private readonly kept: KeptAnswers) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((answer: unknown) => {
        const response = context.switchToHttp().getResponse<Response>();
        const etagOf = response.app.get('etag fn') as ((text: string, encoding: string) => string) | undefined;
        const written = this.kept.written(answer, (text) => etagOf?.(text, 'utf8'));
        if (written === undefined) return answer;
        response.setHeader('Content-Type', 'application/json; charset=utf-8');
        if (written.etag !== undefined) response.setHeader('ETag', written.etag);
        return written.text;
      }),
    );
  }
}
