import type { Comparison } from './compare';

/** Figures of one check above which those that are equal are one line. */
const MANY = 12;
const COLUMNS = ['figure', 'endpoint', 'served', 'independent', 'equal'];

/** A table with a line per figure; a check with many figures has a line for its equal ones and one per difference. */
export function renderComparisons(comparisons: readonly Comparison[], all: boolean): string {
  const groups = new Map<string, Comparison[]>();
  for (const comparison of comparisons) {
    const name = comparison.figure.split(':')[0];
    groups.set(name, [...(groups.get(name) ?? []), comparison]);
  }
  const lines = [...groups].flatMap(([name, group]) => {
    const differing = group.filter(({ isEqual }) => !isEqual);
    if (all || group.length <= MANY) return group.map(line);
    const equal = group.length - differing.length;
    const summary = [`${name}: ${equal} of ${group.length} figures`, group[0].path, '', '', equal > 0 ? 'yes' : 'NO'];
    return [summary, ...differing.map(line)];
  });
  const table = [COLUMNS, ...lines];
  const widths = COLUMNS.map((_, column) => Math.max(...table.map((cells) => cells[column].length)));
  return table
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function line({ figure, path, served, independent, isEqual }: Comparison): string[] {
  return [figure, path, show(served), show(independent), isEqual ? 'yes' : 'NO'];
}

function show(value: number | string | null | undefined): string {
  return value === undefined ? '-' : String(value);
}
