import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '../../queries/run-report';
import { ISSUE_REASONS, REJECT_REASONS } from './reasons';
import { renderReport } from './render-report';
import { CONTENT_SECURITY_POLICY } from './styles';

const EVIL = `</td><script>alert(1)</script><img src=x onerror="alert(2)">'&`;

const sheet = {
  sheet: 'OrdensFabrico',
  extracted: 10,
  inserted: 4,
  updated: 3,
  unchanged: 0,
  duplicates: 1,
  quarantined: 2,
  absent: 5,
  seconds: 0.5,
};

function report(changed: Partial<RunReport> = {}): RunReport {
  return {
    run_id: 12,
    status: 'COMPLETED',
    started_at: '2025-12-12T07:31:05+00:00',
    finished_at: '2025-12-12T07:31:29+00:00',
    as_of: '2025-12-11T12:50:00+00:00',
    sample: false,
    workbook: { name: 'Folha_IA.xlsx', sha256: 'c8545f', bytes: 38797312 },
    sheets: [sheet],
    rejects: [{ sheet: 'OrdensFabrico', reason_code: 'NULL_KEY', count: 2 }],
    issues: [{ sheet: 'OrdensFabrico', code: 'ORPHAN_PRODUCT', count: 387 }],
    match_rates: [
      { name: 'produto_join', matches: 894, total: 1233, rate: 894 / 1233, threshold: 0.95, status: 'DEGRADED' },
    ],
    steps: [{ name: 'validate_counts', seconds: 0.2, rows: 10 }],
    warnings: [],
    seconds: 24.2,
    peak_rss_mb: 612,
    ...changed,
  };
}

/** What a person reads: the page without its markup. */
const textOf = (page: string): string =>
  page
    .replace(/<(style|title)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the report as a page', () => {
  it('tells the account, the rates against their thresholds, and the findings, in figures for people', () => {
    const text = textOf(renderReport(report(), []));
    for (const said of [
      'Import report, run 12',
      'Folha_IA.xlsx',
      '37.0 MB',
      'Balanced: all 10 rows of 1 sheets are accounted for.',
      '72.5 %',
      '95.0 %',
      'degraded',
      'ORPHAN_PRODUCT',
      'Orders a product that is not in Modelos.',
      '24 s',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('says so when the account does not balance', () => {
    const text = textOf(renderReport(report({ sheets: [{ ...sheet, inserted: 3 }], status: 'FAILED' }), []));
    expect(text).toContain('Not balanced: 9 of 10 rows are accounted for; nothing was published.');
  });

  it('shows cells to look at under their reason', () => {
    const rows = [{ sheet: 'OrdensFabrico', row: 7, cell: 'A7', reason: 'Of_Id is empty.' }];
    const text = textOf(renderReport(report(), [{ sheet: 'OrdensFabrico', reason_code: 'NULL_KEY', rows }]));
    expect(text).toMatch(/NULL_KEY.*OrdensFabrico.*Fill in the key\..*OrdensFabrico ?! ?A7 .*Of_Id is empty\./);
  });

  it('tells what changed about orders, and that nothing did', () => {
    const examples = [
      { of_id: '140725', produto_nome: null, before: null, after: '2025-12-01T00:00:00+00:00', days: 10 },
    ];
    const orders = [
      { kind: 'newly_late' as const, count: 14, examples },
      { kind: 'finished' as const, count: 0, examples: [] },
    ];
    const text = textOf(renderReport(report({ changes: { since_run_id: 11, orders } }), []));
    expect(text).toMatch(
      /What changed since run 11.*14 newly late.*the first 1 of 14.*140725 not in the catalogue none 2025-12-01 10/,
    );
    const none = renderReport(report({ changes: { since_run_id: 11, orders: [] } }), []);
    expect(textOf(none)).toContain('No order was added or finished, none became late, no due date moved.');
  });

  it('begins with why nothing was changed, and what to do, when a load failed', () => {
    const error = { code: 'MASS_ABSENCE', detail: 'Fases lost 40 %.', remedy: 'Look at the export.' };
    const text = textOf(renderReport(report({ status: 'FAILED', error, sheets: [], rejects: [] }), []));
    expect(text).toMatch(
      /FAILED .*Nothing was changed: MASS_ABSENCE Fases lost 40 %\. What to do: Look at the export\./,
    );
    expect(text).not.toContain('What became of every row');
  });

  it('says first that data are sample data, and of which run the content is', () => {
    const text = textOf(renderReport(report({ sample: true, same_content_as: 3 }), []));
    expect(text).toMatch(/Sample data .*The same content as run 3/);
  });

  it('lets nothing of a workbook become markup, wherever it stands', () => {
    const change = { of_id: EVIL, produto_nome: EVIL, before: EVIL, after: EVIL, days: 1 };
    const page = renderReport(
      report({
        workbook: { name: EVIL, sha256: EVIL, bytes: 1 },
        sheets: [{ ...sheet, sheet: EVIL }],
        rejects: [{ sheet: EVIL, reason_code: EVIL, count: 2 }],
        issues: [{ sheet: EVIL, code: EVIL, count: 2 }],
        match_rates: [{ name: EVIL, matches: 1, total: 2, rate: 0.5, threshold: 0.9, status: EVIL }],
        steps: [{ name: EVIL, seconds: 1, rows: 1 }],
        warnings: [EVIL],
        error: { code: EVIL, detail: EVIL, remedy: EVIL },
        changes: { since_run_id: 1, orders: [{ kind: 'due_later', count: 1, examples: [change] }] },
      }),
      [{ sheet: EVIL, reason_code: EVIL, rows: [{ sheet: EVIL, row: 1, cell: EVIL, reason: EVIL }] }],
    );
    expect(page).not.toMatch(/<script|<img|onerror="/);
    expect(page.split('&lt;script&gt;alert(1)').length - 1).toBeGreaterThanOrEqual(18);
  });

  it('asks for nothing from anywhere, and its policy allows nothing but its own stylesheet', () => {
    const page = renderReport(report(), []);
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|form)\b|@import|url\(|style="/);
    // Links lead to the product itself.
    for (const [, address] of page.matchAll(/href="([^"]*)"/g)) expect(address).toMatch(/^\/api\/ingestion\//);
    expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /);
  });
});

describe('what codes mean', () => {
  const guide = readFileSync(join(__dirname, '../../../../docs/ingestion.md'), 'utf8');
  const codesUnder = (heading: string): string[] => {
    const section = guide.slice(guide.indexOf(`## ${heading}`) + 3).split('\n## ')[0];
    return [...section.matchAll(/^\| `([A-Z_]+)` /gm)].map(([, code]) => code);
  };

  it('is told of every code of the guide, and of no other', () => {
    expect(Object.keys(REJECT_REASONS)).toEqual(codesUnder('Why a row was quarantined'));
    expect(Object.keys(ISSUE_REASONS)).toEqual(codesUnder('What was kept with a remark'));
  });
});
