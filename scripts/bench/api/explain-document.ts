import { format } from 'prettier';
import { table } from '../markdown';
import type { Explained, ExplainedEndpoint } from './explain-statements';
import {
  LARGE_SCAN_ROWS,
  NEEDED_SHARE,
  monthsOfWindow,
  monthsRead,
  sequentialScans,
  type SequentialScan,
} from './plan-checks';
import { renderPlan } from './plan-text';
import { shorten } from './shorten';

export interface ExplainResults {
  machine: string;
  /** ISO date of the run */
  date: string;
  data: string;
  /** partitions of the phases */
  months: number;
  endpoints: readonly ExplainedEndpoint[];
}

/** What the checks say of one endpoint. */
export interface PlanVerdict {
  scans: SequentialScan[];
  /** the most months of phases that one of its statements read */
  months: number;
  /** how many its window allows; undefined where it has none */
  allowedMonths: number | undefined;
  faults: string[];
}

export function judgePlans({ captured: { endpoint }, statements }: ExplainedEndpoint): PlanVerdict {
  const plans = statements.map(({ explained }) => explained.Plan);
  const scans = plans.flatMap(sequentialScans);
  const months = Math.max(0, ...plans.map(monthsRead));
  const allowedMonths = endpoint.windowDays === undefined ? undefined : monthsOfWindow(endpoint.windowDays);
  const faults = scans.filter(({ isFault }) => isFault).map(({ table }) => `sequential scan of ${table}`);
  if (allowedMonths !== undefined && months > allowedMonths) faults.push(`${months} months for its window`);
  return { scans, months, allowedMonths, faults };
}

/** File name → Markdown: an overview, and a page for each endpoint. */
export async function renderExplain(results: ExplainResults): Promise<Map<string, string>> {
  const shared = sharedStatements(results.endpoints);
  const pages = new Map<string, string>([['EXPLAIN.md', overview(results, shared)]]);
  for (const endpoint of results.endpoints) {
    pages.set(`EXPLAIN_${endpoint.captured.endpoint.name}.md`, endpointPage(endpoint, shared));
  }
  for (const [name, text] of pages) pages.set(name, await format(text, { parser: 'markdown', printWidth: 120 }));
  return pages;
}

function overview({ machine, date, data, months, endpoints }: ExplainResults, shared: readonly Explained[]): string {
  const sections = [
    '# Plans behind the answers',
    `${date}, written by \`npm run explain\`. Machine: ${machine}.`,
    `${data}. Each statement is explained with the values that the product bound, after it ran once; most partitions of a table are folded.`,
    `Checked: no sequential scan of more than ${LARGE_SCAN_ROWS.toLocaleString('en-US')} rows, all partitions of a table together, of which fewer ` +
      `than ${NEEDED_SHARE * 100} % are needed (not thrown away by its filter or a join above it); no month of phases outside the window that was asked for, of ${months} partitions (the months a window may touch: those it spans, one more on either side, and the default one).`,
    table(
      ['endpoint', 'statements', 'execution ms', 'planning ms', 'large sequential scans', 'months read', 'verdict'],
      endpoints.map((endpoint) => {
        const { scans, months: read, allowedMonths, faults } = judgePlans(endpoint);
        const { name } = endpoint.captured.endpoint;
        return [
          `[${name}](EXPLAIN_${name}.md)`,
          String(endpoint.statements.length),
          milliseconds(endpoint.statements, 'Execution Time'),
          milliseconds(endpoint.statements, 'Planning Time'),
          scans.map(scanText).join('; ') || 'none',
          read === 0
            ? 'none'
            : `${read} of ${months}${allowedMonths === undefined ? '' : `, ${allowedMonths} allowed`}`,
          faults.length === 0 ? 'right' : `FAULT: ${faults.join(', ')}`,
        ];
      }),
    ),
    ...(shared.length > 0 ? ['## In nearly every answer', ...shared.map(statementText)] : []),
  ];
  return sections.join('\n\n');
}

function endpointPage(endpoint: ExplainedEndpoint, shared: readonly Explained[]): string {
  const { captured, statements } = endpoint;
  const own = statements.filter(({ statement }) => !shared.some((other) => isSame(other.statement, statement)));
  const { faults } = judgePlans(endpoint);
  return [
    `# ${captured.endpoint.name}`,
    `\`GET ${captured.path}\`; see [EXPLAIN.md](EXPLAIN.md). ${faults.length === 0 ? 'No fault found.' : `FAULT: ${faults.join(', ')}.`}`,
    ...(own.length === 0 ? ['No statement beside those of nearly every answer.'] : own.map(statementText)),
  ].join('\n\n');
}

function statementText({ statement: { text, values }, explained }: Explained): string {
  const bound = values.length === 0 ? 'No values.' : `Values: \`${shorten(JSON.stringify(values))}\`.`;
  const ms = `Planning ${explained['Planning Time'].toFixed(1)} ms, execution ${explained['Execution Time'].toFixed(1)} ms.`;
  return ['```sql', text.trim(), '```', '', `${bound} ${ms}`, '', '```text', renderPlan(explained.Plan), '```'].join(
    '\n',
  );
}

function scanText({ table: name, read, needed }: SequentialScan): string {
  return `${name}: ${Math.round(needed).toLocaleString('en-US')} of ${Math.round(read).toLocaleString('en-US')} rows needed`;
}

function milliseconds(statements: readonly Explained[], key: 'Execution Time' | 'Planning Time'): string {
  return statements.reduce((sum, { explained }) => sum + explained[key], 0).toFixed(1);
}

/** Statements of at least half of all endpoints, such as the reading of the published version: shown once. */
function sharedStatements(endpoints: readonly ExplainedEndpoint[]): Explained[] {
  if (endpoints.length < 3) return [];
  const all = endpoints.flatMap(({ statements }) => statements);
  const firsts = all.filter((one, index) => all.findIndex((other) => isSame(other.statement, one.statement)) === index);
  return firsts.filter(({ statement }) => {
    const users = endpoints.filter((endpoint) =>
      endpoint.statements.some((other) => isSame(other.statement, statement)),
    );
    return users.length >= endpoints.length / 2;
  });
}

function isSame(one: Explained['statement'], other: Explained['statement']): boolean {
  return one.text === other.text && JSON.stringify(one.values) === JSON.stringify(other.values);
}
