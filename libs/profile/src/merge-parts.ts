import { ColumnProfiler, type ColumnPart } from './column-profiler';
import { describeColumn, type SheetProfile } from './sheet-profile';
import { columnBounds, type SheetProfilePart } from './sheet-profiler';

/**
 * Sums up a sheet and its continuation sheets, in any order: the result is that of one sheet with all their rows,
 * exact counts staying exact within the bounds. Columns are matched by name (the second of a name with the second); a
 * column that a part lacks is null in all rows of that part.
 *
 * @param sheet the name the profile goes by
 */
export function mergeParts(sheet: string, parts: readonly SheetProfilePart[]): SheetProfile {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const columns = parts.length === 1 ? parts[0].columns : mergeColumns(parts);
  return { sheet, rows, columns: columns.map((column) => describeColumn(column, rows)) };
}

function mergeColumns(parts: readonly SheetProfilePart[]): ColumnPart[] {
  const groups = new Map<string, ColumnPart[]>();
  for (const part of parts) {
    const met = new Map<string, number>();
    for (const column of part.columns) {
      const nth = (met.get(column.name) ?? 0) + 1;
      met.set(column.name, nth);
      const id = JSON.stringify([column.name, nth]);
      const group = groups.get(id);
      if (group) group.push(column);
      else groups.set(id, [column]);
    }
  }
  const bounds = columnBounds(groups.size);
  return [...groups.values()].map((group) => {
    const [{ name, trackKeys }] = group;
    const whole = new ColumnProfiler(name, trackKeys, bounds);
    for (const column of group) whole.absorb(column);
    return whole.part();
  });
}
