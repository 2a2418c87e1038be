import { shorten } from './shorten';
import { rowsKept, tableOf, type PlanNode } from './plan';

const CONDITIONS = [
  'Index Cond',
  'Recheck Cond',
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'One-Time Filter',
  'Filter',
  'Rows Removed by Join Filter',
  'Rows Removed by Filter',
  'Rows Removed by Index Recheck',
  'Heap Fetches',
  'Subplans Removed',
  'Group Key',
  'Sort Key',
  'Cache Key',
];
const AGGREGATES: Record<string, string> = {
  Sorted: 'GroupAggregate',
  Hashed: 'HashAggregate',
  Mixed: 'MixedAggregate',
};
/** So many partitions of a table are shown, the others counted. */
const SHOWN_PARTITIONS = 2;

/**
 * A plan as psql shows it, without costs and times, most partitions of a table folded into a line: the shape
 * and the rows are what is to be seen, and a table of 70 months would fill a page.
 */
export function renderPlan(plan: PlanNode): string {
  return render(plan, 0).join('\n');
}

function render(node: PlanNode, depth: number): string[] {
  const indent = '      '.repeat(depth);
  const lines = [`${indent.slice(4)}${depth > 0 ? '->  ' : ''}${label(node)} ${actual(node)}`];
  const detail = (text: string): void => void lines.push(`${indent}  ${text}`);
  for (const key of CONDITIONS) {
    const value = node[key];
    if (value === undefined || value === 0) continue;
    detail(`${key}: ${shorten(textOf(value))}`);
  }
  if (depth === 0 || node['Relation Name'] !== undefined) detail(buffers([node]));
  const children = node.Plans ?? [];
  for (let at = 0; at < children.length;) {
    const siblings = partitionsFrom(children, at);
    const shown = siblings.length > SHOWN_PARTITIONS + 1 ? firstOfEachForm(siblings) : siblings;
    for (const child of shown) {
      if (typeof child['Subplan Name'] === 'string') detail(child['Subplan Name']);
      lines.push(...render(child, depth + 1));
    }
    const folded = siblings.filter((child) => !shown.includes(child));
    if (folded.length > 0) lines.push(`${indent}  ->  ${foldedText(folded)}`);
    at += siblings.length;
  }
  return lines;
}

function foldedText(folded: readonly PlanNode[]): string {
  const executed = folded.filter((node) => node['Actual Loops'] > 0);
  const rows = executed.reduce((sum, node) => sum + rowsKept(node), 0);
  const forms = [...new Set(folded.map((node) => node['Node Type']))].map(
    (form) => `${folded.filter((node) => node['Node Type'] === form).length} by ${form}`,
  );
  return (
    `${folded.length} more partitions, ${forms.join(', ')}; ${executed.length} executed ` +
    `(rows=${Math.round(rows)}; ${buffers(folded)})`
  );
}

/** The child at `start`, and those after it that scan partitions of the same table. */
function partitionsFrom(children: readonly PlanNode[], start: number): PlanNode[] {
  const table = partitionedTable(children[start]);
  let end = start + 1;
  if (table !== undefined) while (end < children.length && partitionedTable(children[end]) === table) end += 1;
  return children.slice(start, end);
}

function partitionedTable({ 'Relation Name': relation }: PlanNode): string | undefined {
  return relation === undefined || tableOf(relation) === relation ? undefined : tableOf(relation);
}

/** Two of the partitions that are read one way, and one of each other way. */
function firstOfEachForm(siblings: readonly PlanNode[]): PlanNode[] {
  const firsts = siblings.filter(
    (node, index) => siblings.findIndex((other) => other['Node Type'] === node['Node Type']) === index,
  );
  return firsts.length >= SHOWN_PARTITIONS ? firsts : siblings.slice(0, SHOWN_PARTITIONS);
}

/** Conditions are texts, keys are lists of them, counts are numbers. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function label(node: PlanNode): string {
  const text = (key: string): string => textOf(node[key]);
  const type = node['Node Type'];
  if (type === 'Aggregate') return AGGREGATES[text('Strategy')] ?? 'Aggregate';
  if (type.endsWith('Join') || type === 'Nested Loop') {
    const kind = text('Join Type');
    return kind === 'Inner' || kind === '' ? type : `${type.replace(/ Join$/, '')} ${kind} Join`;
  }
  const using = text('Index Name') && text('Relation Name') ? ` using ${text('Index Name')}` : '';
  const backward = text('Scan Direction') === 'Backward' ? ' Backward' : '';
  const on =
    text('Relation Name') ||
    text('Index Name') ||
    text('CTE Name') ||
    text('Function Name') ||
    (type.endsWith('Scan') ? text('Alias') : '');
  return `${type}${backward}${using}${on ? ` on ${on}` : ''}`;
}

function actual(node: PlanNode): string {
  if (node['Actual Loops'] === 0) return '(never executed)';
  return `(actual rows=${Number(node['Actual Rows'].toFixed(2))} loops=${node['Actual Loops']})`;
}

function buffers(nodes: readonly PlanNode[]): string {
  const sum = (key: string): number => nodes.reduce((total, node) => total + Number(node[key] ?? 0), 0);
  const read = sum('Shared Read Blocks');
  const spilled = sum('Temp Written Blocks');
  return (
    `Buffers: shared hit=${sum('Shared Hit Blocks')}` +
    (read > 0 ? ` read=${read}` : '') +
    (spilled > 0 ? ` temp written=${spilled}` : '')
  );
}
