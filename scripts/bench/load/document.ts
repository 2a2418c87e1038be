import { format } from 'prettier';
import { latenciesOf } from '../api/percentiles';
import { highest } from '../figures';
import { table } from '../markdown';
import type { LoadsFigures } from './loads-beside';
import { FLAT_GROWTH, memoryTrend, type MemoryTrend } from './memory-trend';
import { serverErrors, type TrafficFigures } from './traffic';
import type { Look } from './watch';

/** What happened while so many connections were driven. */
export interface Stage {
  connections: number;
  seconds: number;
  traffic: TrafficFigures;
  /** that came to an end meanwhile; of the last stage also the one that was under way when it was over */
  loads: LoadsFigures;
  looks: readonly Look[];
}

export interface LoadResults {
  machine: string;
  /** ISO date of the run */
  date: string;
  data: string;
  /** the first one is the soak, which is held to the SLOs */
  stages: readonly Stage[];
  /** whether neither times nor memory are judged */
  errorsOnly: boolean;
}

interface Verdict {
  target: string;
  found: string;
  isReached: boolean;
}

/** All results as one Markdown text, and whether every target was reached. */
export async function renderLoadResults(results: LoadResults): Promise<{ text: string; isReached: boolean }> {
  const { machine, date, data, stages, errorsOnly } = results;
  const verdicts = errorsOnly
    ? judgeErrors(stages)
    : [judgeTimes(stages[0]), ...judgeErrors(stages), ...judgeMemory(stages[0])];
  const isReached = verdicts.every((verdict) => verdict.isReached);
  const sections = [
    '# Under load, measured',
    `${date}, written by \`npm run bench:load\`; [README.md](README.md#measuring-under-load) says what is measured, and what is not.`,
    `Machine: ${machine}. The load generator, API, worker and PostgreSQL share its cores.`,
    `${data}. ${stages.map(({ connections, seconds }) => `${connections} connections for ${seconds} s`).join(', ')}; a load of the workbook runs beside all of it.`,
    '## Targets',
    table(
      ['target', 'found', 'verdict'],
      verdicts.map(({ target, found, isReached: one }) => [target, found, one ? 'reached' : 'MISSED']),
    ),
    '## Each request',
    requestsTable(stages),
    'p95 in ms.',
    '## The service',
    serviceTable(stages),
    'Event loop: the p99 of its delay within a second, the median and the highest of all seconds, and the longest single delay. Pool: requests that waited for a connection, at the moments of looking (once a second), and how many of these moments saw any.',
    `**${isReached ? 'All targets reached' : 'Targets MISSED'}.**`,
  ];
  const text = await format(sections.join('\n\n'), { parser: 'markdown', printWidth: 120 });
  return { text, isReached };
}

function judgeTimes({ connections, traffic }: Stage): Verdict {
  const overSlo = [...traffic.byName].filter(
    // What was never answered kept no limit.
    ([, { sloMs, milliseconds }]) => sloMs !== undefined && !(milliseconds.length > 0 && p95(milliseconds) <= sloMs),
  );
  return {
    target: `p95 within the SLO at ${connections} connections`,
    found: overSlo.length === 0 ? 'every request' : `not ${overSlo.map(([name]) => name).join(', ')}`,
    isReached: overSlo.length === 0,
  };
}

/** What no machine is too busy for: right answers to everything that was asked, and loads that complete. */
export function judgeErrors(stages: readonly Stage[]): Verdict[] {
  return [
    ...stages.map(({ connections, traffic }): Verdict => {
      const wrong = [...traffic.byName].flatMap(([name, answered]) =>
        [...answered.wrong].map(([status, times]) => `${times} times ${status} for ${name}`),
      );
      const unanswered = [...traffic.byName].flatMap(([name, { milliseconds }]) =>
        milliseconds.length > 0 ? [] : [`none for ${name}`],
      );
      const answers = [...traffic.byName.values()].reduce((sum, { milliseconds }) => sum + milliseconds.length, 0);
      const others = [
        ...(answers < connections ? [`${answers} answers in all`] : []),
        ...(traffic.errors > 0 ? [`${traffic.errors} broken off`] : []),
        ...(traffic.timeouts > 0 ? [`${traffic.timeouts} without an answer`] : []),
      ];
      const missed = [...wrong, ...unanswered, ...others];
      return {
        target: `no error at ${connections} connections`,
        found: [`${serverErrors(traffic)} of 5xx`, ...missed].join(', '),
        isReached: missed.length === 0,
      };
    }),
    {
      target: 'every load beside completes',
      found:
        stages.flatMap(({ loads }) => loads.failures).join('; ') ||
        `${stages.flatMap(({ loads }) => loads.seconds).length} loads`,
      isReached:
        stages.every(({ loads }) => loads.failures.length === 0) &&
        stages.some(({ loads }) => loads.seconds.length > 0),
    },
  ];
}

function judgeMemory({ seconds, looks }: Stage): Verdict[] {
  return (['apiRssBytes', 'workerRssBytes'] as const).map((which) => {
    const trend = trendOf(looks, which);
    return {
      target: `memory of the ${which === 'apiRssBytes' ? 'API' : 'worker'} flat over ${seconds} s`,
      found: trend === undefined ? 'too short to tell' : describeTrend(trend),
      isReached: trend !== undefined && trend.growth <= FLAT_GROWTH,
    };
  });
}

function requestsTable(stages: readonly Stage[]): string {
  const names = [...stages[0].traffic.byName.keys()].sort();
  return table(
    ['request', 'SLO', ...stages.flatMap(({ connections }) => [`p95 at ${connections}`, 'answers'])],
    names.map((name) => [
      `\`${name}\``,
      String(stages[0].traffic.byName.get(name)?.sloMs ?? ''),
      ...stages.flatMap(({ traffic }) => {
        const milliseconds = traffic.byName.get(name)?.milliseconds ?? [];
        return [
          milliseconds.length === 0 ? '' : p95(milliseconds).toFixed(0),
          milliseconds.length.toLocaleString('en-US'),
        ];
      }),
    ]),
  );
}

function serviceTable(stages: readonly Stage[]): string {
  const row = (name: string, of: (stage: Stage) => string): string[] => [name, ...stages.map(of)];
  const known = (values: readonly (number | undefined)[]): number[] =>
    values.filter((value): value is number => value !== undefined && !Number.isNaN(value));
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  return table(
    ['', ...stages.map(({ connections }) => `${connections} connections`)],
    [
      row('requests a second', ({ traffic }) => traffic.requestsPerSecond.toFixed(0)),
      row('event loop p99', ({ looks }) => {
        const delays = known(looks.map(({ loopP99Ms }) => loopP99Ms)).sort((a, b) => a - b);
        return delays.length === 0 ? '' : `${delays[delays.length >> 1].toFixed(0)} / ${highest(delays).toFixed(0)} ms`;
      }),
      row('longest delay', ({ looks }) => `${highest(known(looks.map(({ loopMaxMs }) => loopMaxMs))).toFixed(0)} ms`),
      row('waiting for the pool', ({ looks }) => {
        const waiting = known(looks.map(({ poolWaiting }) => poolWaiting));
        return `at most ${highest(waiting)}, in ${waiting.filter((count) => count > 0).length} of ${waiting.length} looks`;
      }),
      row('highest memory of the API', ({ looks }) => megabytes(highest(looks.map(({ apiRssBytes }) => apiRssBytes)))),
      row('highest memory of the worker', ({ looks }) =>
        megabytes(highest(looks.map(({ workerRssBytes }) => workerRssBytes))),
      ),
      row('loads completed', ({ loads: { seconds } }) =>
        seconds.length === 0
          ? '0'
          : `${seconds.length}, ${(seconds.reduce((a, b) => a + b) / seconds.length).toFixed(1)} s each`,
      ),
    ],
  );
}

const p95 = (milliseconds: readonly number[]): number => latenciesOf(milliseconds).p95;

function trendOf(looks: readonly Look[], which: 'apiRssBytes' | 'workerRssBytes'): MemoryTrend | undefined {
  const points = looks.map((look) => ({ seconds: look.seconds, bytes: look[which] }));
  return points.length < 9 ? undefined : memoryTrend(points);
}

function describeTrend({ slopePerMinute, growth, highestBytes }: MemoryTrend): string {
  const percent = `${growth < 0 ? '' : '+'}${(growth * 100).toFixed(1)} %`;
  return `${percent} from the middle third to the last, ${(slopePerMinute / 1e6).toFixed(2)} MB a minute, at most ${(highestBytes / 1e6).toFixed(0)} MB`;
}
