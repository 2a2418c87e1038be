import { startTestApp, type TestApp } from '../../support/app';
import { clearRuns, seedEqualIssues, seedRejects, seedRun } from './runs.seed';

describe('reading what loads left behind', () => {
  let product: TestApp;

  beforeAll(async () => {
    product = await startTestApp();
  });
  afterAll(() => product.close());
  afterEach(() => clearRuns(product.sql));

  async function get(path: string, headers: Record<string, string> = {}) {
    const response = await fetch(product.url + path, { headers });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  }

  /** Follows next_cursor to the end and returns every page. */
  async function walk(path: string): Promise<Record<string, never>[]> {
    const pages: Record<string, never>[] = [];
    let cursor = '';
    do {
      const { status, body } = await get(`${path}${cursor}`);
      expect(status).toBe(200);
      pages.push(body);
      cursor = body.next_cursor === undefined ? '' : `&cursor=${body.next_cursor}`;
    } while (cursor !== '');
    return pages;
  }

  describe('GET /api/ingestion/runs', () => {
    it('is empty before the first load', async () => {
      expect(await get('/api/ingestion/runs')).toMatchObject({ status: 200, body: { runs: [] } });
    });

    it('lists every run once, newest first, whatever the page size', async () => {
      const seeded: number[] = [];
      for (let i = 0; i < 7; i += 1) seeded.push(await seedRun(product.sql));
      const pages = await walk('/api/ingestion/runs?limit=3');
      const runs = pages.flatMap((page) => page['runs'] as { run_id: number }[]);
      expect(runs.map((run) => run.run_id)).toEqual([...seeded].reverse());
      // 7 runs, 3 a page: 3 + 3 + 1
      expect(pages).toHaveLength(3);
      expect('next_cursor' in pages[2]).toBe(false);
    });

    it('shows a run with its workbook, times of the factory, and whether it is what is served', async () => {
      const old = await seedRun(product.sql);
      const runId = await seedRun(product.sql, { published: true });
      const { body } = await get('/api/ingestion/runs');
      expect(body.runs[0]).toEqual({
        run_id: runId,
        status: 'COMPLETED',
        published: true,
        // 10:00 UTC on 1 July is 11:00 in Lisbon
        created_at: '2025-07-01T11:00:00+01:00',
        started_at: '2025-07-01T11:00:05+01:00',
        finished_at: '2025-07-01T11:00:30+01:00',
        workbook: { name: 'Folha_IA.xlsx', sha256: 'a'.repeat(64), bytes: 1234 },
        sample: false,
        forced: false,
        as_of: '2025-06-30T16:00:00+01:00',
        rows_extracted: 100,
        rows_merged: 97,
        rows_rejected: 3,
      });
      expect(body.runs[1]).toMatchObject({ run_id: old, published: false });
    });

    it.each(['limit=0', 'limit=1000000000', 'limit=x', 'limit=1.5', 'cursor=abc', 'cursor=..%2F', 'cursor=a&cursor=b'])(
      'answers 400 with detail to %s',
      async (query) => {
        const { status, body } = await get(`/api/ingestion/runs?${query}`);
        expect(status).toBe(400);
        expect(typeof body.detail).toBe('string');
        expect(body.detail).toContain(query.split('=')[0]);
      },
    );

    it('does not take the cursor of another list', async () => {
      const runId = await seedRun(product.sql);
      await seedRejects(product.sql, runId, 'modelos', 'Modelos', 2);
      const { body } = await get(`/api/ingestion/rejects/${runId}?limit=1`);
      expect((await get(`/api/ingestion/runs?cursor=${body.next_cursor}`)).status).toBe(400);
    });
  });

  describe('GET /api/ingestion/status/{run_id}', () => {
    it('has the fields of the frontend contract', async () => {
      const runId = await seedRun(product.sql);
      const { body } = await get(`/api/ingestion/status/${runId}`);
      expect(body).toMatchObject({
        run_id: runId,
        status: 'COMPLETED',
        total_sheets: 9,
        processed_rows: 100,
        rejected_rows: 3,
        started_at: '2025-07-01T11:00:05+01:00',
        completed_at: '2025-07-01T11:00:30+01:00',
      });
    });

    it('counts the rows of a running load from its progress', async () => {
      const runId = await seedRun(product.sql, {
        status: 'RUNNING',
        progress: { run_id: 1, step: 'extract', percent: 40, rows: 41, rows_per_second: 9, at: '2025-07-01T10:00:06Z' },
      });
      const { body } = await get(`/api/api/ingestion/status/${runId}`);
      expect(body).toMatchObject({
        status: 'RUNNING',
        processed_rows: 41,
        completed_at: null,
        progress: { percent: 40 },
      });
    });

    it('says why a run did not complete', async () => {
      const error = { code: 'HEADER_MISSING', detail: 'Fases has no Fase_Id.', remedy: 'Name the column Fase_Id.' };
      const runId = await seedRun(product.sql, { status: 'FAILED', error });
      expect((await get(`/api/ingestion/status/${runId}`)).body.error).toEqual(error);
    });
  });

  describe('GET /api/ingestion/report/{run_id}', () => {
    it('is the stored report, unchanged', async () => {
      const report = {
        run_id: 1,
        status: 'COMPLETED',
        sheets: [{ sheet: 'Fases', extracted: 71 }],
        anything: [1.5, null],
      };
      const runId = await seedRun(product.sql, { report });
      expect((await get(`/api/ingestion/report/${runId}`)).body).toEqual(report);
    });

    it('has the same form for a run that left none', async () => {
      const error = { code: 'RUN_INTERRUPTED', detail: 'Killed.', remedy: 'Run it again.' };
      const runId = await seedRun(product.sql, { status: 'INTERRUPTED', error });
      expect((await get(`/api/ingestion/report/${runId}`)).body).toMatchObject({
        run_id: runId,
        status: 'INTERRUPTED',
        workbook: { name: 'Folha_IA.xlsx', sha256: 'a'.repeat(64), bytes: 1234 },
        sheets: [],
        rejects: [],
        issues: [],
        match_rates: [],
        steps: [],
        warnings: [],
        // started 10:00:05, finished 10:00:30
        seconds: 25,
        error,
      });
    });
  });

  it.each(['status', 'report', 'rejects', 'issues', 'progress'])(
    '%s of an unknown run is a 404 with detail',
    async (what) => {
      const { status, body } = await get(`/api/ingestion/${what}/4711`);
      expect(status).toBe(404);
      expect(body.detail).toContain('4711');
    },
  );

  it.each(['x', '0', '-1', '1.0', '1e3', '%00', '9007199254740993', "1'--", '99999999999999999999999'])(
    'the run_id %s is a 400 with detail, never a 500',
    async (runId) => {
      for (const what of ['status', 'report', 'rejects', 'issues', 'progress']) {
        const { status, body } = await get(`/api/ingestion/${what}/${runId}`);
        expect(status).toBe(400);
        expect(body.detail).toContain('run_id');
      }
    },
  );

  describe('GET /api/ingestion/rejects/{run_id}', () => {
    it('pages through every row once, by sheet and row', async () => {
      const runId = await seedRun(product.sql);
      await seedRejects(product.sql, runId, 'ordens_fabrico', 'OrdensFabrico', 5);
      await seedRejects(product.sql, runId, 'modelos', 'Modelos', 4);
      const pages = await walk(`/api/ingestion/rejects/${runId}?limit=2`);
      const rows = pages.flatMap((page) => page['rejects'] as { entity: string; row: number }[]);
      expect(rows.map((row) => [row.entity, row.row])).toEqual([
        ...[2, 3, 4, 5].map((row) => ['modelos', row]),
        ...[2, 3, 4, 5, 6].map((row) => ['ordens_fabrico', row]),
      ]);
    });

    it('shows where the row stood, why it was refused, and the row', async () => {
      const runId = await seedRun(product.sql);
      await seedRejects(product.sql, runId, 'modelos', 'Modelos', 1);
      expect((await get(`/api/ingestion/rejects/${runId}`)).body).toEqual({
        run_id: runId,
        rejects: [
          {
            entity: 'modelos',
            sheet: 'Modelos',
            row: 2,
            column: 'A',
            cell: null,
            reason_code: 'INVALID_VALUE',
            reason: 'row 1',
            raw_row: { A: 1 },
          },
        ],
      });
    });

    it('filters by entity, by the name of its sheet, and by reason', async () => {
      const runId = await seedRun(product.sql);
      await seedRejects(product.sql, runId, 'ordens_fabrico', 'OrdensFabrico', 4);
      await seedRejects(product.sql, runId, 'modelos', 'Modelos', 3);
      const rows = async (query: string): Promise<number> =>
        (await get(`/api/ingestion/rejects/${runId}?${query}`)).body.rejects.length;
      expect(await rows('entity=ordens_fabrico')).toBe(4);
      expect(await rows('entity=OrdensFabrico')).toBe(4);
      // of rows 1 to 4, rows 2 and 4 are NULL_KEY
      expect(await rows('entity=ordens_fabrico&reason_code=NULL_KEY')).toBe(2);
      expect(await rows('reason_code=NULL_KEY')).toBe(3);
      expect(await rows('reason_code=ERROR_CELL')).toBe(0);
      expect(await rows('entity=&reason_code=')).toBe(7);
    });

    it.each([
      'entity=pg_class',
      "entity=x'--",
      'reason_code=lower',
      'reason_code=%00',
      'limit=0',
      'format=xml',
      'cursor=!',
    ])('answers 400 with detail to %s', async (query) => {
      const runId = await seedRun(product.sql);
      const { status, body } = await get(`/api/ingestion/rejects/${runId}?${query}`);
      expect(status).toBe(400);
      expect(body.detail).toContain(query.split('=')[0]);
    });

    it('are those of the run that holds the evidence, for a run that found the same content', async () => {
      const first = await seedRun(product.sql);
      await seedRejects(product.sql, first, 'modelos', 'Modelos', 3);
      await seedEqualIssues(product.sql, first, 2);
      const again = await seedRun(product.sql, { evidenceRunId: first });
      const rejects = (await get(`/api/ingestion/rejects/${again}`)).body;
      expect(rejects.run_id).toBe(again);
      expect(rejects.rejects).toHaveLength(3);
      expect((await get(`/api/ingestion/issues/${again}`)).body.issues).toHaveLength(2);
    });
  });

  describe('GET /api/ingestion/issues/{run_id}', () => {
    it('pages through findings that are equal in every column without losing or repeating one', async () => {
      const runId = await seedRun(product.sql);
      await seedEqualIssues(product.sql, runId, 7);
      const pages = await walk(`/api/ingestion/issues/${runId}?limit=2`);
      expect(pages.map((page) => (page['issues'] as unknown[]).length)).toEqual([2, 2, 2, 1]);
      expect(pages[0]['issues'][0]).toEqual({
        entity: 'ordens_fabrico',
        code: 'ORPHAN_PRODUCT',
        sheet: 'OrdensFabrico',
        row: 2,
        column: 'Of_ProdutoId',
        key: '7',
        detail: 'product 9',
      });
    });

    it('filters by code', async () => {
      const runId = await seedRun(product.sql);
      await seedEqualIssues(product.sql, runId, 1);
      expect((await get(`/api/ingestion/issues/${runId}?code=ORPHAN_PRODUCT`)).body.issues).toHaveLength(1);
      expect((await get(`/api/ingestion/issues/${runId}?code=MISSING_FINISH`)).body.issues).toHaveLength(0);
    });
  });

  describe('as CSV', () => {
    it('streams all rows, beyond one read of the database', async () => {
      const runId = await seedRun(product.sql);
      await seedRejects(product.sql, runId, 'fases_ordem_fabrico', 'FasesOrdemFabrico', 4500);
      const { status, headers, text } = await get(`/api/ingestion/rejects/${runId}?format=csv&limit=1`);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
      expect(headers.get('content-disposition')).toBe(`attachment; filename="rejects-run-${runId}.csv"`);
      const lines = text.trimEnd().split('\n');
      expect(lines[0]).toBe('run_id,entity,sheet,row,column,cell,reason_code,reason,raw_row');
      expect(lines).toHaveLength(1 + 4500);
      expect(lines[4500]).toBe(
        `${runId},fases_ordem_fabrico,FasesOrdemFabrico,4501,A,,NULL_KEY,row 4500,"{""A"":4500}"`,
      );
    });

    it('is answered to Accept: text/csv, and JSON to a browser', async () => {
      const runId = await seedRun(product.sql);
      expect((await get(`/api/ingestion/issues/${runId}`, { Accept: 'text/csv' })).text).toBe(
        'run_id,entity,sheet,row,column,code,key,detail\n',
      );
      const browser = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
      expect((await get(`/api/ingestion/issues/${runId}`, browser)).body).toEqual({ run_id: runId, issues: [] });
    });

    it('neutralises cells that a spreadsheet would run', async () => {
      const runId = await seedRun(product.sql);
      await product.sql.query(
        `INSERT INTO ops.rejects (run_id, entity, src_sheet, src_row, sheet, column_name, reason_code, reason, raw_row)
         VALUES ($1, 'modelos', 0, 2, '=cmd|''/c calc''!A0', '@A', 'INVALID_VALUE', '+1', '"-1"')`,
        [runId],
      );
      const { text } = await get(`/api/ingestion/rejects/${runId}?format=csv`);
      expect(text.split('\n')[1]).toBe(`${runId},modelos,'=cmd|'/c calc'!A0,2,'@A,,INVALID_VALUE,'+1,"""-1"""`);
    });
  });
});
