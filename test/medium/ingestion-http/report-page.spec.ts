import type { RunReport } from '../../../src/ingestion/queries/run-report';
import { CHROMIUM, startBrowser, type TestBrowser } from '../../support/browser';
import { assignment, order, smallFactory } from '../../support/factory-workbook';
import { type IngestionApp, startIngestionApp } from '../../support/ingestion-app';

const BROWSER_ACCEPTS = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const EVIL_NAME = '<img src=x onerror=alert(1)>&.xlsx';

let product: IngestionApp;
const answer = (accept: string, query = '') =>
  fetch(`${product.url}/api/ingestion/report/2${query}`, { headers: { Accept: accept } });

beforeAll(async () => {
  product = await startIngestionApp();
  const sheets = smallFactory();
  await product.load(sheets);
  await product.load(
    {
      ...sheets,
      // Worker 99 does not exist: the assignment is quarantined. It is row 6 below the header and four others.
      FuncionariosFaseOrdemFabrico: [...sheets.FuncionariosFaseOrdemFabrico, assignment(12, 99, 0)],
      OrdensFabrico: [
        ...sheets.OrdensFabrico.slice(0, 1),
        order(2, '2025-02-03T08:00:00', 101, 2, { transporte: '2025-02-20' }),
        ...sheets.OrdensFabrico.slice(2),
      ],
    },
    { name: EVIL_NAME },
  );
});
afterAll(() => product.close());

describe('the report of a load', () => {
  it('is a page for a browser and data for everybody else', async () => {
    const page = await answer(BROWSER_ACCEPTS);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('vary')).toContain('Accept');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const accept of ['*/*', 'application/json', 'application/json, text/plain, */*']) {
      const data = await answer(accept);
      expect(data.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(((await data.json()) as RunReport).run_id).toBe(2);
    }
    expect((await answer(BROWSER_ACCEPTS, '?format=json')).headers.get('content-type')).toContain('json');
    expect((await answer('*/*', '?format=html')).headers.get('content-type')).toContain('html');
    expect((await answer('*/*', '?format=pdf')).status).toBe(400);
  });

  it('shows the cell of a quarantined row', async () => {
    const page = await (await answer(BROWSER_ACCEPTS)).text();
    expect(page.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')).toContain('FuncionariosFaseOrdemFabrico!B6');
  });
});

(CHROMIUM === undefined ? describe.skip : describe)('the report in a real browser', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  it('needs nothing else, runs nothing, keeps its own policy, and fits its page on paper and on a telephone', async () => {
    const page = await browser.context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(`${product.url}/api/ingestion/report/2`);

    expect(await page.locator('h1').textContent()).toBe('Import report, run 2');
    // The name of the workbook is shown as it is, and is nothing but text.
    expect(await page.locator('header + p b').textContent()).toBe(EVIL_NAME);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.getByText('newly late', { exact: true }).isVisible()).toBe(true);
    // The stylesheet is let in by its hash.
    const corner = "getComputedStyle(document.querySelector('section')).borderTopLeftRadius";
    expect(await page.evaluate<string>(corner)).toBe('10px');
    // Every bar is drawn in full: its parts reach from edge to edge.
    const sumOfParts = '[...bar.querySelectorAll("rect")].reduce((sum, part) => sum + part.width.baseVal.value, 0)';
    const widths = await page.evaluate<number[]>(
      `[...document.querySelectorAll('svg.stack')].map((bar) => ${sumOfParts})`,
    );
    expect(widths.length).toBeGreaterThan(0);
    for (const width of widths) expect(width).toBeCloseTo(100, 0);
    // A favicon is the browser's own question.
    expect(asked.filter((path) => path !== '/favicon.ico')).toEqual(['/api/ingestion/report/2']);
    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);

    const overflow = (): Promise<number> =>
      page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    for (const width of [1180, 420]) {
      await page.setViewportSize({ width, height: 900 });
      expect({ width, overflow: await overflow() }).toEqual({ width, overflow: 0 });
    }

    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('All of them as CSV').first().isVisible()).toBe(false);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(10_000);
    await page.close();
  });
});
