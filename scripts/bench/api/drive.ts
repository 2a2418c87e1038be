import autocannon from 'autocannon';
import { latenciesOf, type Latencies } from './percentiles';

export interface DriveOptions {
  url: string;
  seconds: number;
  connections: number;
  /** the answer that every request must get; undefined where it is live and only its status can be known */
  expected: string | undefined;
  signal: AbortSignal;
}

export interface DriveFigures extends Latencies {
  requestsPerSecond: number;
}

/** As long as it takes to fill pools, compile hot code and, where there is one, the cache. */
const WARM_UP_SECONDS = 0.5;

/**
 * Sends requests over so many connections, each the next as soon as its answer is there, and measures them after a time
 * that does not count.
 * @throws Error when any answer, also of the warm-up, was not the expected one, since an error is quick and no pass; and
 *   when there was none in that time
 */
export async function drive(options: DriveOptions): Promise<DriveFigures> {
  // However long the first one takes, which finds nothing compiled and no page in memory.
  await (await fetch(options.url, { signal: options.signal })).text();
  await run({ ...options, seconds: WARM_UP_SECONDS });
  const { milliseconds, duration } = await run(options);
  if (milliseconds.length === 0) throw new Error(`GET ${options.url}: no answer within ${options.seconds} s`);
  return { ...latenciesOf(milliseconds), requestsPerSecond: milliseconds.length / duration };
}

/**
 * autocannon decodes the pieces of a body one by one, which breaks a character that lies across two of them. What is
 * beyond ASCII is therefore left out on both sides.
 */
function sameAs(expected: string): (body: unknown) => boolean {
  const ascii = (text: string): string => text.replace(/[^\0-\x7f]+/g, '');
  const wanted = ascii(expected);
  let same = '';
  return (body) => {
    // Most answers are equal as they are; a broken one is remembered too, since the pieces are often cut alike.
    if (body === expected || body === same) return true;
    if (typeof body !== 'string' || ascii(body) !== wanted) return false;
    same = body;
    return true;
  };
}

/** How long each answer took, and all of them together in seconds. */
async function run({
  url,
  seconds,
  connections,
  expected,
  signal,
}: DriveOptions): Promise<{ milliseconds: number[]; duration: number }> {
  signal.throwIfAborted();
  const milliseconds: number[] = [];
  let stop = (): void => undefined;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      { url, connections, duration: seconds, ...(expected === undefined ? {} : { verifyBody: sameAs(expected) }) },
      (error: Error | null, figures) => (error ? reject(error) : resolve(figures)),
    );
    instance.on('response', (_client, _status, _bytes, time) => milliseconds.push(time));
    stop = () => (instance as unknown as { stop(): void }).stop();
    signal.addEventListener('abort', stop, { once: true });
  }).finally(() => signal.removeEventListener('abort', stop));
  signal.throwIfAborted();
  const others = Object.entries(result.statusCodeStats ?? {}).filter(([status]) => status !== '200');
  if (result.errors + result.timeouts + result.mismatches + result.non2xx + others.length > 0) {
    throw new Error(
      `GET ${url}: of ${milliseconds.length} answers ${result.mismatches} differ from the captured one, ` +
        `${result.non2xx} are not 2xx (${JSON.stringify(result.statusCodeStats)}); ${result.errors} errors, ` +
        `${result.timeouts} of them timeouts`,
    );
  }
  return { milliseconds, duration: result.duration };
}
