import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { Command } from 'commander';
import fc from 'fast-check';
import { writeSampleWorkbook } from '@libs/sample';
import { table } from '../bench/markdown';
import { withService, type LocalService } from '../verify/service';
import { isRefusedAlways, type OperationTally } from './answered';
import { operationsOf, type Document } from './document';
import { existingIn } from './existing';
import { judge } from './judge';
import { requestArbitrary, type FuzzRequest } from './request-arbitrary';
import { Sender } from './send';
import { wholeNumber } from '../whole-number';

interface Options {
  requests: number;
  seed: number;
  scale: number;
}

/** One kind of fault of one operation, and the first request that showed it. */
interface Finding {
  operation: string;
  what: string;
  count: number;
  example: string;
}

const KEY = 'a-key-of-the-fuzzer';
const KEPT_DOCUMENT = join(__dirname, '../../docs/openapi.json');
const AT_ONCE = 16;
const BATCH = 1000;
const TOLD_EVERY = 5000;
const EXAMPLE_LENGTH = 240;

function parse(argv: readonly string[]): Options {
  return new Command('fuzz:requests')
    .description('Send requests made from the OpenAPI document, valid and hostile, and hold the answers to it')
    .option('--requests <n>', 'how many', wholeNumber, 50_000)
    .option('--seed <n>', 'the same seed sends the same requests', wholeNumber, 1)
    .option('--scale <n>', 'size of the generated workbook that is loaded; 1 = the real rows', Number, 0.01)
    .parse(argv)
    .opts<Options>();
}

class Findings {
  readonly byKind = new Map<string, Finding>();

  add(asked: FuzzRequest, what: string): void {
    const operation = asked.operation.name;
    const kind = `${operation} ${what}`;
    const known = this.byKind.get(kind);
    if (known) known.count += 1;
    else this.byKind.set(kind, { operation, what, count: 1, example: describe(asked) });
  }

  addRefused(operation: string, { asked }: OperationTally): void {
    const what = 'is answered below 400 by none of all requests';
    this.byKind.set(`${operation} ${what}`, { operation, what, count: asked, example: 'with the right key' });
  }
}

function describe({ target, headers, body }: FuzzRequest): string {
  const said = [target, JSON.stringify(headers), body].filter((part) => part !== undefined && part !== '{}').join(' ');
  return said.length > EXAMPLE_LENGTH ? `${said.slice(0, EXAMPLE_LENGTH)}…` : said;
}

async function fuzz(
  service: LocalService,
  { requests, seed }: Options,
): Promise<{ findings: Finding[]; statuses: Map<number, number> }> {
  const document = (await (await fetch(`${service.url}/docs-json`)).json()) as Document;
  const operations = operationsOf(document, JSON.parse(readFileSync(KEPT_DOCUMENT, 'utf8')) as Document);
  const existing = await existingIn(service);
  const problem = new Ajv({ strict: false, validateFormats: false }).compile(document.components.schemas.ProblemDto);
  const arbitrary = requestArbitrary(document, operations, existing, KEY);
  const sender = new Sender(new URL(service.url));
  const findings = new Findings();
  const statuses = new Map<number, number>();
  const tallies = new Map(operations.map((operation) => [operation, { asked: 0, answered: 0 }]));
  const ask = async (asked: FuzzRequest): Promise<void> => {
    const tally = tallies.get(asked.operation)!;
    if (asked.hasKey) tally.asked += 1;
    try {
      const answer = await sender.send(asked);
      if (answer.status < 400) tally.answered += 1;
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const what = judge(asked, answer, problem);
      if (what !== undefined) findings.add(asked, what);
    } catch (error) {
      findings.add(asked, `breaks off: ${(error as Error).message}`);
    }
  };
  try {
    for (let sent = 0; sent < requests; sent += BATCH) {
      const batch = fc.sample(arbitrary, { seed: seed + sent, numRuns: Math.min(BATCH, requests - sent) });
      let next = 0;
      const lane = async (): Promise<void> => {
        while (next < batch.length) await ask(batch[next++]);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      if ((sent + BATCH) % TOLD_EVERY === 0)
        console.error(`${sent + BATCH} requests, ${findings.byKind.size} kinds of faults`);
    }
  } finally {
    sender.close();
  }
  for (const [operation, tally] of tallies) {
    if (isRefusedAlways(operation, tally)) findings.addRefused(operation.name, tally);
  }
  return { findings: [...findings.byKind.values()], statuses };
}

async function main(): Promise<void> {
  const options = parse(process.argv);
  const dir = mkdtempSync(join(tmpdir(), 'prodplan-fuzz-'));
  try {
    const file = join(dir, 'sample.xlsx');
    await writeSampleWorkbook(file, { scale: options.scale, seed: 7 });
    // Counted by the minute, who asks as often as a program can would be told to wait.
    const environment = { REQUIRE_API_KEY: 'true', API_KEY: KEY, RATE_LIMIT_WRITES: '0', RATE_LIMIT_COSTLY: '0' };
    const { findings, statuses } = await withService(file, (service) => fuzz(service, options), environment);
    const rows = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => [String(status), String(count)]);
    console.log(table(['status', 'answers'], rows));
    for (const { operation, what, count, example } of findings) {
      console.log(`\n${operation} ${what} (${count} times)\n  ${example}`);
    }
    const verdict = findings.length === 0 ? 'PASSED' : 'FAILED';
    console.log(`\n${options.requests} requests, seed ${options.seed}: ${findings.length} kinds of faults: ${verdict}`);
    if (findings.length > 0) process.exitCode = 1;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
