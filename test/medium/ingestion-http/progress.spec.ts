import { ProgressStreams } from '../../../src/ingestion/http/progress-streams';
import { startTestApp, type TestApp } from '../../support/app';
import { until } from '../../support/until';
import { clearRuns, seedRun } from './runs.seed';

interface ServerEvent {
  id?: string;
  event?: string;
  data: Record<string, unknown>;
}

function parseEvents(text: string): ServerEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '' && !block.startsWith(':'))
    .map((block) => {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
      return { ...fields, data: JSON.parse(fields.data) } as ServerEvent;
    });
}

describe('GET /api/ingestion/progress/{run_id}', () => {
  let product: TestApp;

  beforeAll(async () => {
    product = await startTestApp();
  });
  afterAll(() => product.close());
  afterEach(() => clearRuns(product.sql));

  const open = (runId: number, init: RequestInit = {}) => fetch(`${product.url}/api/ingestion/progress/${runId}`, init);
  const streams = () => product.app.get(ProgressStreams).count;

  async function setProgress(runId: number, percent: number, status = 'RUNNING'): Promise<void> {
    const progress = { run_id: runId, step: 'extract', percent, rows: percent * 10, rows_per_second: 5, at: 'x' };
    await product.sql.query('UPDATE ops.ingestion_runs SET progress = $2, status = $3 WHERE run_id = $1', [
      runId,
      JSON.stringify(progress),
      status,
    ]);
  }

  it('tells each change, then the end, and closes', async () => {
    const runId = await seedRun(product.sql, { status: 'QUEUED' });
    const response = await open(runId);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    let text = '';
    const whole = (async () => {
      const decoder = new TextDecoder();
      for await (const bytes of response.body!) text += decoder.decode(bytes, { stream: true });
    })();
    const told = () => text.split('\n\n').length - 1;
    // Each state is told before the next one comes: between two polls only the latest would be.
    await until(() => told() === 1);
    await setProgress(runId, 40);
    await until(() => told() === 2);
    await setProgress(runId, 90, 'COMPLETED');
    await whole;
    const events = parseEvents(text);
    expect(events.map(({ event, data }) => [event, data['status'], data['percent']])).toEqual([
      ['progress', 'QUEUED', 0],
      ['progress', 'RUNNING', 40],
      ['end', 'COMPLETED', 100],
    ]);
    expect(events[1].data).toMatchObject({ run_id: runId, step: 'extract', rows: 400, rows_per_second: 5 });
    expect(events[2].id).toBe('end');
    expect(streams()).toBe(0);
  });

  it('says at once how a run ended that has ended already', async () => {
    const error = { code: 'XLSX_TRUNCATED', detail: 'The file ends early.', remedy: 'Copy it again.' };
    const runId = await seedRun(product.sql, { status: 'FAILED', error });
    const events = parseEvents(await (await open(runId)).text());
    expect(events).toEqual([{ id: 'end', event: 'end', data: expect.objectContaining({ status: 'FAILED', error }) }]);
  });

  it('stops a client that reconnects after the end with 204', async () => {
    const runId = await seedRun(product.sql);
    expect((await open(runId, { headers: { 'Last-Event-ID': 'end' } })).status).toBe(204);
  });

  it('lets go of a client that leaves', async () => {
    const runId = await seedRun(product.sql, { status: 'RUNNING' });
    const leaving = new AbortController();
    const response = await open(runId, { signal: leaving.signal });
    await response.body!.getReader().read();
    expect(streams()).toBe(1);
    leaving.abort();
    await until(() => streams() === 0);
  });

  it('serves many at once, and none keeps the product from stopping', async () => {
    const other = await startTestApp();
    const runId = await seedRun(other.sql, { status: 'RUNNING' });
    const url = `${other.url}/api/ingestion/progress/${runId}`;
    const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(url)));
    const texts = answers.map((answer) => answer.text());
    await other.close();
    // A stream left open would hold the HTTP server until it is cut off: what is cut off cannot be read to its end.
    for (const text of await Promise.all(texts)) {
      expect(parseEvents(text).map(({ event }) => event)).toEqual(['progress']);
    }
  });
});
