import type { Random } from '@libs/random';
import { ask, faultOf, type Asked } from './client';
import { figuresOf, type Figures } from './figures';
import type { Run, Span } from './judge-runs';
import type { SequenceWorkbook } from './workbooks';

/** What the users of a sequence share. */
export interface World {
  origin: string;
  key: string;
  good: readonly SequenceWorkbook[];
  bad: readonly SequenceWorkbook[];
  reads: readonly string[];
  /** by name of the workbook: what readers are told while it is published */
  known: ReadonlyMap<string, Figures>;
  /** runs that were recorded, in order */
  runs: Run[];
  /** when something was read */
  readSpans: Span[];
  /** how often each action was answered with each status */
  counts: Map<string, number>;
}

interface Step {
  name: string;
  asked: Omit<Asked, 'key'>;
  allowed: readonly number[];
  /** of what begins a load: whether its workbook is a good one */
  isGood?: boolean;
  /** the run that it cancels */
  cancels?: number;
}

type Action = (world: World, random: Random) => Step;

const JSON_TYPE = 'application/json';
const ACCEPTED = [200, 202, 409];
const ABOUT_A_RUN = ['status', 'report', 'rejects', 'issues'];

function form({ name, bytes }: SequenceWorkbook, fields: Readonly<Record<string, string>> = {}): FormData {
  const data = new FormData();
  for (const [field, value] of Object.entries(fields)) data.set(field, value);
  data.set('file', new Blob([new Uint8Array(bytes)]), name);
  return data;
}

/** Mostly one that exists; the latest is the one that may still run. */
function runId({ runs }: World, random: Random): number {
  if (runs.length === 0 || random.chance(1, 10)) return random.pick([0, 999_999, 2 ** 31]);
  return (random.chance(3, 4) ? runs[runs.length - 1] : random.pick(runs)).id;
}

const upload: Action = ({ good }, random) => ({
  name: 'upload',
  asked: { method: 'POST', path: '/api/ingestion/upload', body: form(random.pick(good)) },
  allowed: ACCEPTED,
  isGood: true,
});

const uploadBad: Action = ({ bad }, random) => ({
  name: 'upload a bad file',
  asked: { method: 'POST', path: '/api/ingestion/upload', body: form(random.pick(bad), { force: 'true' }) },
  allowed: [202, 400, 409],
  isGood: false,
});

const run: Action = ({ good }, random) => ({
  name: 'run',
  asked: {
    method: 'POST',
    path: random.pick(['/api/ingestion/run', '/api/ops/ingestion/run']),
    body: JSON.stringify({ path: random.pick(good).name, force: random.chance(1, 3) }),
    type: JSON_TYPE,
  },
  allowed: ACCEPTED,
  isGood: true,
});

const runWrongly: Action = (_, random) => ({
  name: 'run what is not there',
  asked: {
    method: 'POST',
    path: '/api/ingestion/run',
    body: JSON.stringify({ path: random.pick(['missing.xlsx', '../../etc/passwd', 'a\u0000b.xlsx', '.', '']) }),
    type: JSON_TYPE,
  },
  allowed: [400, 404, 409],
});

const cancel: Action = (world, random) => {
  const cancels = runId(world, random);
  const asked = { method: 'POST', path: `/api/ingestion/cancel/${cancels}` } as const;
  return { name: 'cancel', asked, allowed: [202, 400, 404, 409], cancels };
};

const follow: Action = (world, random) => ({
  name: 'ask about a run',
  asked: { path: `/api/ingestion/${random.pick(ABOUT_A_RUN)}/${runId(world, random)}` },
  allowed: [200, 400, 404],
});

const list: Action = () => ({ name: 'list runs', asked: { path: '/api/ingestion/runs?limit=3' }, allowed: [200] });

const read: Action = ({ reads }, random) => ({ name: 'read', asked: { path: random.pick(reads) }, allowed: [200] });

/** As often as users do it. */
const ACTIONS: readonly Action[] = [
  upload, upload, uploadBad, run, run, runWrongly, cancel, cancel, follow, follow, list, read, read, read, read, read,
]; // prettier-ignore

const WRONG_KEYS: readonly (string | undefined)[] = [undefined, '', 'dev-key', 'x'.repeat(2000)];

/**
 * One action of one user, mostly with the right key.
 *
 * @returns what was wrong with the answer, in words; undefined when nothing was
 */
export async function act(world: World, random: Random): Promise<string | undefined> {
  const { name, asked, allowed, isGood, cancels } = random.pick(ACTIONS)(world, random);
  const hasKey = random.chance(4, 5);
  const whole: Asked = { ...asked, key: hasKey ? world.key : random.pick(WRONG_KEYS) };
  const began = Date.now();
  let answer;
  try {
    answer = await ask(world.origin, whole);
  } catch (error) {
    return `${name}: ${whole.path} breaks off: ${(error as Error).message}`;
  }
  const counted = `${name}${hasKey ? '' : ' without the key'}: ${answer.status}`;
  world.counts.set(counted, (world.counts.get(counted) ?? 0) + 1);
  const fault = faultOf(whole, answer, hasKey ? allowed : [401]);
  if (fault !== undefined || !hasKey) return fault;
  if (answer.status === 202 && typeof answer.json?.run_id === 'number' && isGood !== undefined)
    world.runs.push({ id: answer.json.run_id, isGood, isCancelled: false });
  const cancelled = answer.status === 202 ? world.runs.find(({ id }) => id === cancels) : undefined;
  if (cancelled) cancelled.isCancelled = true;
  if (name !== 'read') return undefined;
  world.readSpans.push({ began, ended: Date.now() });
  const figures = figuresOf(answer.text);
  const isKnown = [...world.known.values()].some((known) => known[whole.path] === figures);
  return isKnown ? undefined : `read: ${whole.path} says what no workbook leads to: ${figures.slice(0, 200)}`;
}

/** Follows a run's progress for a moment and goes away, as a closed page does. */
export async function peek(world: World, random: Random): Promise<string | undefined> {
  const path = `/api/ingestion/progress/${runId(world, random)}`;
  try {
    const signal = AbortSignal.timeout(random.between(20, 400));
    const response = await fetch(`${world.origin}${path}`, { headers: { 'x-api-key': world.key }, signal });
    if (response.status >= 500) return `progress: answers ${response.status}`;
    await response.text();
  } catch {
    // Gone away in the middle, as intended.
  }
  return undefined;
}

/** Begins an upload and goes away in the middle of it. */
export async function breakOff({ origin, key, good }: World, random: Random): Promise<undefined> {
  const { bytes } = random.pick(good);
  const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="half.xlsx"\r\n\r\n';
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode(head));
      controller.enqueue(new Uint8Array(bytes.subarray(0, random.between(1, bytes.length - 1))));
      await new Promise((resolve) => setTimeout(resolve, 100));
      controller.error(new Error('gone'));
    },
  });
  const headers = { 'x-api-key': key, 'content-type': 'multipart/form-data; boundary=x' };
  await fetch(`${origin}/api/ingestion/upload`, { method: 'POST', headers, body, duplex: 'half' }).catch(
    () => undefined,
  );
  return undefined;
}
