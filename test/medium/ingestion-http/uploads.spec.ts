import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkbookUploadInterceptor } from '../../../src/ingestion/http/workbook-upload.interceptor';
import { loadSettings } from '../../../src/ingestion/pipeline/settings';
import { JobProducer } from '../../../src/queue/job-producer';
import { startTestApp, type TestApp } from '../../support/app';
import { clearRuns, seedRun } from './runs.seed';

const CAP = 300_000;
const BOUNDARY = 'xxBOUNDARYxx';
const HEAD = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n`;
const TAIL = `\r\n--${BOUNDARY}--\r\n`;

const queued = (): Promise<string> => Promise.resolve('ingestion-load-1');

describe('POST /api/ingestion/upload', () => {
  let product: TestApp;
  let uploads: string;

  beforeAll(async () => {
    product = await startTestApp({
      env: { uploadMaxBytes: CAP },
      override: (builder) => builder.overrideProvider(JobProducer).useValue({ add: queued, renew: queued }),
    });
    uploads = join(product.env.dataDir, 'uploads');
  });
  afterAll(() => product.close());
  afterEach(() => clearRuns(product.sql));

  const left = (): string[] => (existsSync(uploads) ? readdirSync(uploads) : []);

  async function upload(form: FormData) {
    const response = await fetch(`${product.url}/api/ingestion/upload`, { method: 'POST', body: form });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  function formWith(content: Buffer | string, name = 'Folha_IA.xlsx', field = 'file'): FormData {
    const form = new FormData();
    form.append(field, new Blob([content]), name);
    return form;
  }

  /** A request whose body the test writes itself, in chunks and without a length. */
  function openUpload(): { request: ClientRequest; answer: Promise<IncomingMessage> } {
    const request = httpRequest(`${product.url}/api/ingestion/upload`, {
      method: 'POST',
      headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
    });
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      request.on('response', resolve);
      request.on('error', reject);
    });
    return { request, answer };
  }

  async function eventually(check: () => boolean): Promise<void> {
    for (let i = 0; i < 1000 && !check(); i += 1) await sleep(20);
    expect(check()).toBe(true);
  }

  it('keeps the file as it was sent and queues its load', async () => {
    const content = Buffer.alloc(200_000, 'Peça 7 ');
    const { status, body } = await upload(formWith(content, 'Folha IA (2ª).xlsx'));
    expect(status).toBe(202);
    const { rows } = await product.sql.query('SELECT * FROM ops.ingestion_runs WHERE run_id = $1', [body['run_id']]);
    const run = rows[0] as { workbook_path: string; workbook_name: string; excel_sha256: string };
    expect(run.workbook_name).toBe('Folha IA (2ª).xlsx');
    expect(run.excel_sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(readFileSync(run.workbook_path).equals(content)).toBe(true);
    expect(run.workbook_path.startsWith(uploads)).toBe(true);
  });

  it('takes the options of a load from the form', async () => {
    const form = new FormData();
    form.append('force', 'true');
    form.append('allow_mass_absence', 'Fases, Modelos');
    form.append('file', new Blob(['x']), 'a.xlsx');
    const { body } = await upload(form);
    const { rows } = await product.sql.query('SELECT * FROM ops.ingestion_runs WHERE run_id = $1', [body['run_id']]);
    expect(rows[0]).toMatchObject({ forced: true, allow_mass_absence: ['Fases', 'Modelos'] });
  });

  it('writes what has arrived to disk while the rest is on its way', async () => {
    const before = new Set(left());
    const { request, answer } = openUpload();
    request.write(HEAD);
    request.write(Buffer.alloc(200_000, 'a'));
    const arriving = (): string | undefined => left().find((name) => !before.has(name) && name.endsWith('.part'));
    await eventually(() => {
      const folder = arriving();
      return (
        folder !== undefined &&
        (statSync(join(uploads, folder, 'a.xlsx'), { throwIfNoEntry: false })?.size ?? 0) > 100_000
      );
    });
    request.end(TAIL);
    expect((await answer).statusCode).toBe(202);
    expect(arriving()).toBeUndefined();
  });

  describe('leaves no file behind when', () => {
    let before: string[];
    beforeEach(() => {
      before = left();
    });
    afterEach(() => eventually(() => left().length === before.length));

    it('the declared length is above the cap (413)', async () => {
      const { status, body } = await upload(formWith(Buffer.alloc(CAP * 2)));
      expect(status).toBe(413);
      expect(body).toMatchObject({ error_code: 'UPLOAD_TOO_LARGE', detail: expect.stringContaining(`${CAP} bytes`) });
    });

    it('the file grows beyond the cap on its way (413)', async () => {
      const { request, answer } = openUpload();
      request.write(HEAD);
      for (let sent = 0; sent <= CAP; sent += 50_000) request.write(Buffer.alloc(50_000, 'a'));
      request.end(TAIL);
      expect((await answer).statusCode).toBe(413);
    });

    it('the client leaves in the middle', async () => {
      const { request, answer } = openUpload();
      answer.catch(() => undefined);
      request.write(HEAD);
      request.write(Buffer.alloc(100_000, 'a'));
      await eventually(() => left().length > before.length);
      request.destroy();
    });

    it('the body ends before its last boundary (400)', async () => {
      const { request, answer } = openUpload();
      request.end(HEAD + 'half of a file');
      expect((await answer).statusCode).toBe(400);
    });

    it.each([
      ['there is no file', () => new FormData()],
      ['the file is in another field', () => formWith('x', 'a.xlsx', 'workbook')],
      [
        'there are two files',
        () => {
          const form = formWith('x');
          form.append('file', new Blob(['y']), 'b.xlsx');
          return form;
        },
      ],
      [
        'an option is wrong, though the file has arrived',
        () => {
          const form = formWith('x');
          form.append('force', 'maybe');
          return form;
        },
      ],
    ])('%s (400)', async (_name, makeForm) => {
      const form = makeForm();
      const { status, body } = await upload(form);
      expect(status).toBe(400);
      expect(typeof body['detail']).toBe('string');
    });

    it('another load is going (409)', async () => {
      const going = await seedRun(product.sql, { status: 'QUEUED' });
      const { status, body } = await upload(formWith('x'));
      expect({ status, run_id: body['run_id'] }).toEqual({ status: 409, run_id: going });
    });

    it('the published data already are this content (200 NO_OP)', async () => {
      const sha256 = createHash('sha256').update('the same').digest('hex');
      const { hash: settingsHash } = loadSettings(product.env);
      const held = await seedRun(product.sql, { sha256, settingsHash, published: true });
      const { status, body } = await upload(formWith('the same'));
      expect({ status, run: body['run_id'], said: body['status'] }).toEqual({ status: 200, run: held, said: 'NO_OP' });
    });

    it('the body is no form (400)', async () => {
      const response = await fetch(`${product.url}/api/ingestion/upload`, { method: 'POST', body: 'PK\u0003\u0004' });
      expect(response.status).toBe(400);
    });
  });

  it('keeps a file with a hostile name inside its own folder', async () => {
    const { status, body } = await upload(formWith('x', '../../../tmp/evil.xlsx'));
    expect(status).toBe(202);
    const { rows } = await product.sql.query('SELECT workbook_path FROM ops.ingestion_runs WHERE run_id = $1', [
      body['run_id'],
    ]);
    const path = (rows[0] as { workbook_path: string }).workbook_path;
    expect(path).toMatch(new RegExp(`^${uploads}/[0-9a-f-]{36}/evil.xlsx$`));
  });

  it('removes what a killed process left half uploaded, a day later', async () => {
    const [old, young] = [join(uploads, 'old.part'), join(uploads, 'young.part')];
    for (const folder of [old, young]) mkdirSync(folder, { recursive: true });
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600;
    utimesSync(old, twoDaysAgo, twoDaysAgo);
    await product.app.get(WorkbookUploadInterceptor).onModuleInit();
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  });
});
