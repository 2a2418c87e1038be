import { setTimeout as sleep } from 'node:timers/promises';

/** A request, and the status it has on a product that has all it needs. */
interface Question {
  path: string;
  status: number;
  body?: object;
}

/** Pages of the frontend, in turn; every answer is read from the database, kept, or both. */
const QUESTIONS: readonly Question[] = [
  ...[
    '/api/prodplan/orders?limit=50',
    '/api/prodplan/schedule/current',
    '/api/prodplan/bottlenecks',
    '/api/prodplan/risk_queue',
    '/api/kpis/overview',
    '/api/kpis/by-phase',
    '/api/quality/overview',
    '/api/smartinventory/wip',
    '/api/smartinventory/gelcoat_theoretical_usage',
    '/api/ingestion/runs',
    '/api/ops/feature-gates',
    '/api/ops/data-contract',
    '/api/ops/health',
    '/api/health',
    '/health/live',
  ].map((path) => ({ path, status: 200 })),
  { path: '/api/ingestion/run', status: 400, body: { path: 'no-such-workbook.xlsx' } },
];
/** The frontend gives health two seconds; this machine also runs what puts the product under fire. */
const HEALTH_MS = 2_000;
const ANSWER_MS = 45_000;
const PAUSE_MS = 5;
/** So many answers in a row that are as they should be: it is well again. */
const WELL_AFTER = 3 * QUESTIONS.length;

/** What a fault may be answered with. */
export interface Allowed {
  /** error_code of a 503 that may occur */
  codes: readonly string[];
}

/**
 * Requests without a pause from some connections. Whatever is neither the answer of a healthy product nor a 503 in the
 * contract's form is a fault; so is a health that is not 200 within the frontend's two seconds.
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
    connections: number,
    private readonly headers: Record<string, string> = {},
  ) {
    Traffic.going.add(this);
    this.loops = Array.from({ length: connections }, (_, index) => this.loop(index));
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
    if (isHealth && ms > HEALTH_MS) this.fault(question, `takes more than ${HEALTH_MS} ms`);
    if (status === question.status) {
      this.wellInARow += 1;
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
