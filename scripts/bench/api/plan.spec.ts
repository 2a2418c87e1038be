import type { PlanNode } from './plan';
import { monthsOfWindow, monthsRead, sequentialScans } from './plan-checks';
import { renderPlan } from './plan-text';

function scan(type: string, relation: string, rows: number, removed = 0, loops = 1): PlanNode {
  return {
    'Node Type': type,
    'Relation Name': relation,
    'Actual Rows': rows,
    'Actual Loops': loops,
    'Rows Removed by Filter': removed,
    'Shared Hit Blocks': 10,
  };
}

function append(...plans: PlanNode[]): PlanNode {
  return { 'Node Type': 'Append', 'Actual Rows': 1, 'Actual Loops': 1, 'Shared Hit Blocks': 99, Plans: plans };
}

const month = (number: number): string => `fases_ordem_fabrico_y2025m${String(number).padStart(2, '0')}`;

function node(type: string, rows: number, plans: PlanNode[], more: Record<string, unknown> = {}): PlanNode {
  return { 'Node Type': type, 'Actual Rows': rows, 'Actual Loops': 1, Plans: plans, ...more };
}

describe('sequentialScans', () => {
  const orders = (): PlanNode => scan('Seq Scan', 'ordens_fabrico', 20_000);

  it('adds up the partitions of a table: three months of 4,000 rows are 12,000', () => {
    const plan = append(...[1, 2, 3].map((number) => scan('Seq Scan', month(number), 10, 3_990)));
    expect(sequentialScans(plan)).toEqual([{ table: 'fases_ordem_fabrico', read: 12_000, needed: 30, isFault: true }]);
  });

  it('counts every loop: 600 rows read 20 times are 12,000', () => {
    expect(sequentialScans(scan('Seq Scan', 'modelos', 1, 599, 20))).toEqual([
      { table: 'modelos', read: 12_000, needed: 20, isFault: true },
    ]);
  });

  it('finds a fault below 2 % of the rows: 400 of 20,000 are needed enough, 399 are not', () => {
    expect(sequentialScans(scan('Seq Scan', 'ordens_fabrico', 400, 19_600))).toMatchObject([{ isFault: false }]);
    expect(sequentialScans(scan('Seq Scan', 'ordens_fabrico', 399, 19_601))).toMatchObject([{ isFault: true }]);
  });

  it('sees that a join throws away what the scan kept, also behind groups: 100 of 5,000 groups are 2 % of the rows', () => {
    expect(sequentialScans(node('Hash Join', 100, [orders()]))).toMatchObject([{ needed: 100, isFault: true }]);
    const groups = node('Aggregate', 5_000, [orders()], { 'Group Key': ['of_id'] });
    expect(sequentialScans(node('Hash Join', 99, [groups]))).toMatchObject([{ needed: 396, isFault: true }]);
    expect(sequentialScans(node('Hash Join', 100, [groups]))).toMatchObject([{ needed: 400, isFault: false }]);
  });

  it('lets a sum over everything read everything, and an anti join, and a subquery of its own', () => {
    expect(sequentialScans(node('Aggregate', 1, [orders()]))).toMatchObject([{ needed: 20_000, isFault: false }]);
    const anti = node('Hash Join', 1, [orders()], { 'Join Type': 'Anti' });
    expect(sequentialScans(anti)).toMatchObject([{ isFault: false }]);
    const inner = { ...orders(), 'Parent Relationship': 'InitPlan' };
    expect(sequentialScans(node('Nested Loop', 1, [inner]))).toMatchObject([{ isFault: false }]);
  });

  it('leaves small tables and index scans alone', () => {
    expect(sequentialScans(scan('Seq Scan', 'ordens_fabrico', 0, 10_000))).toEqual([]);
    expect(sequentialScans(scan('Index Scan', 'ordens_fabrico', 0, 50_000))).toEqual([]);
  });
});

describe('monthsRead', () => {
  it('counts months that were executed, each once, below any node', () => {
    const below = append(scan('Index Scan', month(1), 1), scan('Seq Scan', month(2), 1), scan('Seq Scan', month(1), 1));
    const never = scan('Seq Scan', month(3), 0, 0, 0);
    expect(monthsRead(append(below, never, scan('Seq Scan', 'ordens_fabrico', 1)))).toBe(2);
  });

  it('counts the default partition as one of them', () => {
    expect(monthsRead(scan('Seq Scan', 'fases_ordem_fabrico_default', 0))).toBe(1);
  });

  it('lets 30 days touch 4: two months, a UTC edge, the default one', () => expect(monthsOfWindow(30)).toBe(4));
});

describe('renderPlan', () => {
  it('cuts conditions that hold a page of ids', () => {
    const plan = { ...scan('Seq Scan', 'modelos', 1), Filter: 'x'.repeat(500) };
    expect(renderPlan(plan).split('\n')[1]).toBe(`  Filter: ${'x'.repeat(200)} …`);
  });

  it('shows two partitions of a table, and adds up what the others read', () => {
    const plan = append(...[1, 2, 3, 4].map((number) => scan('Seq Scan', month(number), number)));
    // Months 1 and 2 are shown; 3 and 4 keep 3 + 4 rows and hit 10 + 10 blocks.
    expect(renderPlan(plan).split('\n')).toEqual([
      'Append (actual rows=1 loops=1)',
      '  Buffers: shared hit=99',
      '  ->  Seq Scan on fases_ordem_fabrico_y2025m01 (actual rows=1 loops=1)',
      '        Buffers: shared hit=10',
      '  ->  Seq Scan on fases_ordem_fabrico_y2025m02 (actual rows=2 loops=1)',
      '        Buffers: shared hit=10',
      '  ->  2 more partitions, 2 by Seq Scan; 2 executed (rows=7; Buffers: shared hit=20)',
    ]);
  });

  it('shows each way in which partitions are read', () => {
    const ways = ['Seq Scan', 'Seq Scan', 'Index Scan', 'Seq Scan', 'Index Scan'];
    const text = renderPlan(append(...ways.map((way, index) => scan(way, month(index + 1), 1))));
    // Months 1 and 3 are the first of their way; 2, 4 and 5 are folded.
    expect(text.match(/y2025m\d\d/g)).toEqual(['y2025m01', 'y2025m03']);
    expect(text).toContain('3 more partitions, 2 by Seq Scan, 1 by Index Scan; 3 executed (rows=3;');
  });

  it('does not fold tables that are no partitions', () => {
    const plan = append(...['a', 'b', 'c', 'd'].map((name) => scan('Seq Scan', name, 1)));
    expect(renderPlan(plan)).not.toContain('more partitions');
  });

  it('names what psql names: joins, indexes, conditions, what was never executed', () => {
    const plan: PlanNode = {
      'Node Type': 'Hash Join',
      'Join Type': 'Left',
      'Hash Cond': '(a.x = b.x)',
      'Actual Rows': 2,
      'Actual Loops': 1,
      Plans: [
        { ...scan('Index Scan', 'b', 0, 0, 0), 'Index Name': 'b_pkey', 'Index Cond': '(x = 1)' },
        { 'Node Type': 'Aggregate', Strategy: 'Hashed', 'Actual Rows': 1, 'Actual Loops': 1, 'Group Key': ['x', 'y'] },
      ],
    };
    const text = renderPlan(plan);
    expect(text).toContain('Hash Left Join (actual rows=2 loops=1)\n  Hash Cond: (a.x = b.x)');
    expect(text).toContain('->  Index Scan using b_pkey on b (never executed)\n        Index Cond: (x = 1)');
    expect(text).toContain('->  HashAggregate (actual rows=1 loops=1)\n        Group Key: x, y');
  });
});
