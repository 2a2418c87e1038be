import { type Slo, SLOS } from '../../common/slos';
import { CliError } from '../cli-error';

/** The specification's four; the others are watched in service. */
const RELEASE_SLOS = SLOS.slice(0, 4);
const WARM_UP = 5;
const REQUESTS = 200;
const SIDE_BY_SIDE = 4;

export interface MeasuredSlo {
  name: string;
  targetMs: number;
  p95Ms: number;
  requests: number;
  /** Answers with another status than 2xx, and requests that got none. */
  failed: number;
}

/** Measures a running service over HTTP: some requests to warm up, then 200 of each promised route, four at a time. */
export async function measureSlos(origin: string): Promise<MeasuredSlo[]> {
  const orderId = await anyOrder(origin);
  const measured: MeasuredSlo[] = [];
  for (const slo of RELEASE_SLOS) {
    const url = origin + slo.route.replace('GET ', '').replace(':of_id', encodeURIComponent(orderId));
    for (let n = 0; n < WARM_UP; n += 1) await timed(url);
    measured.push(await measure(slo, url));
  }
  return measured;
}

async function measure({ name, milliseconds }: Slo, url: string): Promise<MeasuredSlo> {
  const times: number[] = [];
  let failed = 0;
  let left = REQUESTS;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { ok, ms } = await timed(url);
      times.push(ms);
      if (!ok) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, client));
  times.sort((a, b) => a - b);
  const p95Ms = times[Math.ceil(times.length * 0.95) - 1];
  return { name, targetMs: milliseconds, p95Ms, requests: times.length, failed };
}

async function timed(url: string): Promise<{ ok: boolean; ms: number }> {
  const began = performance.now();
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return { ok: response.ok, ms: performance.now() - began };
  } catch {
    return { ok: false, ms: performance.now() - began };
  }
}

async function anyOrder(origin: string): Promise<string> {
  let answer: { orders?: { of_id: string }[] };
  try {
    answer = (await (await fetch(`${origin}/api/prodplan/orders?limit=1`)).json()) as typeof answer;
  } catch (cause) {
    throw new CliError(
      'NO_SERVICE',
      `No service answers at ${origin} (${(cause as Error).message}).`,
      'Start one, name another with --url, or leave the measurement out with --no-measure.',
    );
  }
  return answer.orders?.at(0)?.of_id ?? '0';
}
