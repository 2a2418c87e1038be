/** An answer as it is sent. */
export interface Written {
  body: Buffer;
  etag: string | undefined;
}

/** Answers that a cache gives out again and again, each written as JSON once and not at every hit. */
export class KeptAnswers {
  private readonly answers = new WeakMap<object, Written | undefined>();

  /** Remembers that an answer is shared and so never changes. */
  add(answer: unknown): void {
    if (typeof answer === 'object' && answer !== null && !this.answers.has(answer)) this.answers.set(answer, undefined);
  }

  /** The answer as it is sent, or undefined when it is not a kept one. `etagOf` is asked the first time. */
  written(answer: unknown, etagOf: (body: Buffer) => string | undefined): Written | undefined {
    if (typeof answer !== 'object' || answer === null || !this.answers.has(answer)) return undefined;
    const known = this.answers.get(answer);
    if (known !== undefined) return known;
    const body = Buffer.from(JSON.stringify(answer));
    const written = { body, etag: etagOf(body) };
    this.answers.set(answer, written);
    return written;
  }
}
