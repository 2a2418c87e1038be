export interface Column {
  title: string;
  align: 'left' | 'right';
}

/** 1,078,180. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** 12.3, with the digits that tell runs apart and no more. */
export function seconds(value: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: value < 1 ? 2 : 1 });
}

/** 38.8 MB (powers of ten, as file managers show it). */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`;
}

/** Columns as wide as their widest cell, two blanks apart, indented by two. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((column, at) => Math.max(column.title.length, ...rows.map((row) => row[at].length)));
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, at) =>
      columns[at].align === 'left' ? cell.padEnd(widths[at]) : cell.padStart(widths[at]),
    );
    return `  ${padded.join('  ')}`.trimEnd();
  };
  return [line(columns.map((column) => column.title)), ...rows.map(line)];
}
