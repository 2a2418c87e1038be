import { setTimeout as sleep } from 'node:timers/promises';
import { type KnownAnswers, PAGES_OF_THE_WORKBOOK } from './answers';

/** A request, and the status it has on a product that has all it needs. */
interface Question {
  path: string;
  status: number;
  body?: object;
}

/** Pages of the frontend, in turn; every answer is read from the database, kept, or both. */
const QUESTIONS: readonly Question[] = [
  ...[
    ...PAGES_OF_THE_WORKBOOK,
    '/api/ingestion/runs',
    '/api/ops/feature-gates',
    '/api/ops/data-contract',
    '/api/ops/health',
    '/api/health',
    '/health/live',
  ].map((path) => ({ path, status: 200 })),
  { path: '/api/ingestion/run', status: 400, body: { path: 'no-such-workbook.xlsx' } },
];
const ANSWER_MS = 45_000;
const PAUSE_MS = 5;
/** So many answers in a row that are as they should be: it is well again. */
const WELL_AFTER = 3 * QUESTIONS.length;

/** What a fault may be answered with. */
export interface Allowed {
  /** error_code of a 503 that may occur */
  codes: readonly string[];
}

/** How it is asked and judged, whatever the fault. */
export interface Driving {
  connections: number;
  /** within which health must answer: the frontend gives it two seconds, a machine that does much else takes longer */
  healthMs: number;
  /** what a product that is well says */
  answers: KnownAnswers;
}

/**
 * Requests without a pause from some connections. Whatever is neither the answer of a healthy product nor a 503 in the
 * contract's form is a fault; so is a health that is not 200 in time.
 */
export class Traffic {
  private static readonly going = new Set<Traffic>();
  private readonly ending = new AbortController();
  private readonly loops: Promise<void>[];
  private wellInARow = 0;
  readonly faults = new Map<string, number>();
  answers = 0;
  refused = 0;
  slowestHealthMs = 0;

  constructor(
    private readonly url: string,
    private readonly allowed: Allowed,
    private readonly driving: Driving,
    private readonly headers: Record<string, string> = {},
  ) {
    Traffic.going.add(this);
    this.loops = Array.from({ length: driving.connections }, (_, index) => this.loop(index));
  }

  /** Ends what a fault that failed half-way has left: traffic that goes on would keep the harness from ever ending. */
  static async endAll(): Promise<void> {
    await Promise.all([...Traffic.going].map((traffic) => traffic.end()));
  }

  /** Waits until the product answers as if nothing had been. @returns ms, or undefined when it does not in time */
  async well(withinMs: number): Promise<number | undefined> {
    this.wellInARow = 0;
    const began = performance.now();
    while (this.wellInARow < WELL_AFTER) {
      if (performance.now() - began > withinMs) return undefined;
      await sleep(20);
    }
    return Math.round(performance.now() - began);
  }

  /** @returns what was not as it must be, each with how often */
  async end(): Promise<string[]> {
    Traffic.going.delete(this);
    this.ending.abort();
    await Promise.all(this.loops);
    return [...this.faults].map(([fault, times]) => `${fault} (${times} times)`);
  }

  /** For the table. */
  get figures(): string {
    return `${this.answers} answers, ${this.refused} of them 503, health within ${Math.round(this.slowestHealthMs)} ms`;
  }

  private async loop(index: number): Promise<void> {
    for (let turn = index; !this.ending.signal.aborted; turn += 1) {
      await this.ask(QUESTIONS[turn % QUESTIONS.length]);
      await sleep(PAUSE_MS);
    }
  }

  private async ask(question: Question): Promise<void> {
    const began = performance.now();
    try {
      const response = await fetch(this.url + question.path, {
        method: question.body ? 'POST' : 'GET',
        headers: { ...this.headers, ...(question.body ? { 'content-type': 'application/json' } : {}) },
        body: question.body && JSON.stringify(question.body),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      this.judge(question, response.status, await response.text(), performance.now() - began);
    } catch (error) {
      this.fault(question, `breaks off: ${(error as Error).message}`);
    }
  }

  private judge(question: Question, status: number, text: string, ms: number): void {
    this.answers += 1;
    const isHealth = question.path === '/api/health';
    if (isHealth) this.slowestHealthMs = Math.max(this.slowestHealthMs, ms);
    const { healthMs, answers } = this.driving;
    if (isHealth && ms > healthMs) this.fault(question, `takes more than ${healthMs} ms`);
    if (status === question.status) {
      const wrong = answers.faultOf(question.path, text);
      if (wrong === undefined) this.wellInARow += 1;
      else this.fault(question, wrong);
      return;
    }
    this.wellInARow = 0;
    if (status !== 503 || /health/.test(question.path)) return this.fault(question, `${status} ${text.slice(0, 120)}`);
    this.refused += 1;
    const { detail, correlation_id: id, error_code: code } = parsed(text);
    const isProblem = typeof detail === 'string' && typeof id === 'string' && typeof code === 'string';
    if (!isProblem) this.fault(question, '503 with another body than the contract’s');
    else if (!this.allowed.codes.includes(code)) this.fault(question, `503 ${code}`);
  }

  private fault({ path }: Question, what: string): void {
    const fault = `${path}: ${what.replace(/"correlation_id":"[^"]*"/, '')}`;
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
