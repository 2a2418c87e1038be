import { nodesOf, rowsKept, rowsRead, tableOf, type PlanNode } from './plan';

/** Over so many rows, all partitions of a table together, a sequential scan has to be the right way. */
export const LARGE_SCAN_ROWS = 10_000;
/** It is, where more than this share of the rows is needed: finding a row by an index costs what some fifty scanned ones do. */
export const NEEDED_SHARE = 0.02;
const PHASES = 'fases_ordem_fabrico';

/** A table that is read from end to end. */
export interface SequentialScan {
  table: string;
  read: number;
  /** of the rows read those that neither the scan's own filter nor a join above it threw away */
  needed: number;
  /** whether an index should have served it */
  isFault: boolean;
}

/** The large tables that a plan reads sequentially, the partitions of one together. */
export function sequentialScans(plan: PlanNode): SequentialScan[] {
  const tables = new Map<string, { read: number; needed: number }>();
  for (const { scan, share } of scansOf(plan, 1)) {
    const table = tableOf(scan['Relation Name'] ?? '');
    const sums = tables.get(table) ?? { read: 0, needed: 0 };
    tables.set(table, { read: sums.read + rowsRead(scan), needed: sums.needed + rowsKept(scan) * share });
  }
  return [...tables]
    .filter(([, { read }]) => read > LARGE_SCAN_ROWS)
    .map(([table, { read, needed }]) => ({
      table,
      read,
      needed: Math.round(needed),
      isFault: needed < read * NEEDED_SHARE,
    }));
}

/** The sequential scans below a node, each with the share of its rows that is needed above it. */
function scansOf(node: PlanNode, share: number): { scan: PlanNode; share: number }[] {
  if (node['Node Type'] === 'Seq Scan') return [{ scan: node, share }];
  return (node.Plans ?? []).flatMap((child) => scansOf(child, shareBelow(node, child, share)));
}

function shareBelow(node: PlanNode, child: PlanNode, share: number): number {
  const type = node['Node Type'];
  const relationship = child['Parent Relationship'];
  // A subquery of its own, a sum over everything, a window: it needs what it reads, however little comes out of it.
  if (relationship === 'InitPlan' || relationship === 'SubPlan') return 1;
  if (type === 'WindowAgg' || (type === 'Aggregate' && node['Group Key'] === undefined)) return 1;
  const isJoin = type.endsWith('Join') || type === 'Nested Loop';
  // What an anti join keeps is what has no match: that takes the whole.
  if (!isJoin || node['Join Type'] === 'Anti' || rowsKept(child) === 0) return share;
  return share * Math.min(1, rowsKept(node) / rowsKept(child));
}

/** Months of phases that a plan read; those that it names but never executed are not counted. */
export function monthsRead(plan: PlanNode): number {
  const months = nodesOf(plan)
    .filter((node) => node['Actual Loops'] > 0)
    .map((node) => node['Relation Name'])
    .filter((relation) => relation !== undefined && relation !== PHASES && tableOf(relation) === PHASES);
  return new Set(months).size;
}

/** Months that a window of so many days can touch: the one it begins in, the default one, and a UTC edge beside. */
export function monthsOfWindow(days: number): number {
  return Math.ceil(days / 30) + 3;
}
