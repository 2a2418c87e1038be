/** A node of EXPLAIN (ANALYZE, FORMAT JSON), as far as it is read here. Rows are per loop. */
export interface PlanNode {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Relation Name'?: string;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
  [key: string]: unknown;
}

/** What PostgreSQL answers to EXPLAIN (ANALYZE, FORMAT JSON): one element for one statement. */
export interface ExplainedStatement {
  Plan: PlanNode;
  'Planning Time': number;
  'Execution Time': number;
}

/** The node and everything below it. */
export function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** The table that a partition belongs to; any other name is its own. */
export function tableOf(relation: string): string {
  return relation.replace(/_(y\d{4}m\d{2}|p\d{2}|run_\d+|default)$/, '');
}

/** Rows a scan looked at over all its loops, those that its filter threw away included. */
export function rowsRead(scan: PlanNode): number {
  return ((scan['Actual Rows'] ?? 0) + (scan['Rows Removed by Filter'] ?? 0)) * scan['Actual Loops'];
}

/** Rows a node handed on over all its loops. */
export function rowsKept(node: PlanNode): number {
  return (node['Actual Rows'] ?? 0) * node['Actual Loops'];
}
