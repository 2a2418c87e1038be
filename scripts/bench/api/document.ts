import { format } from 'prettier';
import { table } from '../markdown';
import {
  EXPENSIVE_MS,
  judge,
  MAX_OVERHEAD,
  MIN_CACHE_GAIN,
  SLO_SHARE,
  verdictOf,
  type EndpointFigures,
  type Judgement,
} from './targets';

export interface ApiResults {
  machine: string;
  /** ISO date of the run */
  date: string;
  /** such as `The workbook: 37 MB` */
  data: string;
  seconds: number;
  rounds: number;
  connections: number;
  figures: readonly EndpointFigures[];
  /** documented GET paths that nobody measures */
  missing: readonly string[];
  /** paths left out, and why */
  leftOut: Readonly<Record<string, string>>;
}

/** All results as one Markdown text, which is what the terminal shows and what docs/perf keeps. */
export async function renderApiResults(results: ApiResults): Promise<string> {
  const { machine, date, data, seconds, rounds, connections, figures } = results;
  const judged = figures.map((one) => ({ figures: one, judgement: judge(one) }));
  const sections = [
    '# Answers, measured',
    `${date}, written by \`npm run bench:api\`; [README.md](README.md#measuring-the-answers) says what is measured, and what is not.`,
    `Machine: ${machine}.`,
    `${data}; ${connections} connections, the median of ${rounds} turns of ${seconds} s each.`,
    '## Targets',
    targetsTable(judged.map(({ judgement }) => judgement)),
    ...(results.missing.length > 0 ? [`Documented, but not measured: ${codes(results.missing)}.`] : []),
    '## Each answer, the cache off',
    table(
      ['endpoint', 'SLO', 'p50', 'p95', 'p99', 'req/s', 'bare req/s', 'bare p95', 'overhead', 'verdict'],
      judged.map(({ figures: { endpoint, cacheOff, bare }, judgement }) => [
        endpoint.name,
        String(endpoint.sloMs),
        ms(cacheOff.p50),
        ms(cacheOff.p95),
        ms(cacheOff.p99),
        rate(cacheOff.requestsPerSecond),
        rate(bare.requestsPerSecond),
        ms(bare.p95),
        `${judgement.overhead.toFixed(2)} x`,
        verdictOf(judgement),
      ]),
    ),
    'Times in ms. Overhead: the requests per second of the bare handler over those of the product without its cache, for the same statements and the same JSON.',
    '## The same, the cache on',
    table(
      ['endpoint', 'SQL ms', 'p50', 'p95', 'p99', 'req/s', 'gain'],
      judged.map(({ figures: { endpoint, cacheOn, sqlMs }, judgement }) => [
        endpoint.name,
        ms(sqlMs),
        ms(cacheOn.p50),
        ms(cacheOn.p95),
        ms(cacheOn.p99),
        rate(cacheOn.requestsPerSecond),
        `${judgement.cacheGain.toFixed(1)} x`,
      ]),
    ),
    'SQL ms: the statements of one request, one after the other on an idle machine, the median of several runs. Gain: requests per second with the cache over those without.',
    '## What was asked',
    table(
      ['endpoint', 'request', 'statements', 'bytes'],
      figures.map(({ endpoint, path, statements, bytes }) => [
        endpoint.name,
        `\`${path}\``,
        String(statements),
        bytes.toLocaleString('en-US'),
      ]),
    ),
    'Left out:',
    Object.entries(results.leftOut)
      .map(([path, why]) => `- \`${path}\`: ${why}`)
      .join('\n'),
  ];
  return format(sections.join('\n\n'), { parser: 'markdown', printWidth: 120 });
}

function targetsTable(judged: readonly Judgement[]): string {
  const expensive = judged.filter(({ isCacheWorth }) => isCacheWorth !== undefined);
  const line = (target: string, of: readonly Judgement[], holds: (one: Judgement) => boolean): string[] => {
    const reached = of.filter(holds).length;
    const verdict = of.length === 0 ? 'nothing to judge' : reached === of.length ? 'reached' : 'MISSED';
    return [target, `${reached} of ${of.length}`, verdict];
  };
  return table(
    ['target', 'endpoints', 'verdict'],
    [
      line(`p95, cache off: under ${SLO_SHARE * 100} % of the SLO`, judged, ({ isQuick }) => isQuick),
      line(`overhead: at most ${MAX_OVERHEAD} x, by requests per second`, judged, ({ isLean }) => isLean),
      line(
        `cache: at least ${MIN_CACHE_GAIN} x the requests per second, where the SQL takes over ${EXPENSIVE_MS} ms`,
        expensive,
        ({ isCacheWorth }) => isCacheWorth === true,
      ),
    ],
  );
}

function codes(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}

function ms(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}

function rate(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
