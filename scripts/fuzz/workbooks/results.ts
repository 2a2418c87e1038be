import { table } from '../../bench/markdown';
import type { Group, WorkbookCase } from './case';
import type { Difference } from './differences';
import { MEMORY_BYTES } from './judge';
import type { Outcome } from './reading';

/** What exceljs made of a workbook that this product read. */
export type Comparison =
  | { kind: 'same' }
  | { kind: 'too large' }
  | { kind: 'not read'; how: 'refused' | 'failed' | 'crashed' | 'hung' }
  | { kind: 'different'; explained: { difference: Difference; why: string | undefined }[] };

interface Tried {
  case: WorkbookCase;
  outcome: Outcome;
  finding: string | undefined;
  comparison: Comparison | undefined;
}

const EXAMPLES = 40;

/** Everything that was tried, and the tables that say how it went. */
export class Results {
  private readonly tried: Tried[] = [];

  add(tried: WorkbookCase, outcome: Outcome, finding: string | undefined, comparison: Comparison | undefined): void {
    this.tried.push({ case: tried, outcome, finding, comparison });
  }

  /** What the last one led to after it was answered. */
  blameLast(finding: string): void {
    const last = this.tried[this.tried.length - 1];
    last.finding = [...(last.finding === undefined ? [] : [last.finding]), finding].join('; ');
  }

  /** @param fileByFile whether each file has its line */
  render(fileByFile: boolean): { text: string; failed: number } {
    const findings = this.findings();
    const sections = [
      ...(fileByFile ? [this.files()] : []),
      this.groups(),
      this.codes(),
      this.comparisons(),
      ...(findings.length > 0 ? ['Findings:', findings.slice(0, EXAMPLES).join('\n')] : []),
    ];
    return { text: sections.join('\n\n'), failed: findings.length };
  }

  private groups(): string {
    const names: readonly Group[] = ['features', 'faults', 'factory faults', 'mutations', 'corpus'];
    const rows = names.flatMap((name) => {
      const all = this.tried.filter((one) => one.case.group === name);
      if (all.length === 0) return [];
      const count = (kind: Outcome['kind']): string =>
        String(all.filter(({ outcome }) => outcome.kind === kind).length);
      const cells = all.reduce((sum, { outcome }) => sum + (outcome.kind === 'read' ? outcome.cells : 0), 0);
      const peaks = all.map(({ outcome }) => outcome.peakBytes).filter((bytes) => bytes > 0);
      return [
        [
          name,
          String(all.length),
          count('read'),
          cells.toLocaleString('en-US'),
          count('refused'),
          String(all.filter(({ outcome }) => outcome.kind === 'crashed' || outcome.kind === 'failed').length),
          count('hung'),
          String(peaks.filter((bytes) => bytes > MEMORY_BYTES).length),
          Math.max(...all.map(({ outcome }) => outcome.seconds)).toFixed(2),
          (Math.max(...peaks) / 1e6).toFixed(0),
          String(all.filter(({ finding }) => finding !== undefined).length),
        ],
      ];
    });
    return table(
      [
        'workbooks',
        'tried',
        'read',
        'cells',
        'refused',
        'crashes',
        'hangs',
        'over 300 MB',
        'slowest s',
        'peak MB',
        'wrong',
      ],
      rows,
    );
  }

  private codes(): string {
    const counts = countBy(this.tried.flatMap(({ outcome }) => (outcome.kind === 'refused' ? [outcome.code] : [])));
    return table(['refused with', 'workbooks'], counts);
  }

  private comparisons(): string {
    const names: Record<Comparison['kind'], string> = {
      same: 'every cell the same',
      different: 'some cells different',
      'not read': 'not read by exceljs',
      'too large': 'too large for exceljs',
    };
    const kinds = countBy(this.tried.flatMap(({ comparison }) => (comparison ? [names[comparison.kind]] : [])));
    const reasons = countBy(
      this.tried.flatMap(({ comparison }) =>
        comparison?.kind === 'different' ? comparison.explained.map(({ why }) => why ?? 'not known') : [],
      ),
    );
    const parts = [table(['read by this product', 'workbooks'], kinds)];
    if (reasons.length > 0) parts.push(table(['why exceljs differs', 'cells'], reasons));
    return parts.join('\n\n');
  }

  private files(): string {
    return table(
      ['file', 'outcome', 's', 'MB', 'exceljs'],
      this.tried.map(({ case: { name }, outcome, comparison }) => [
        name,
        outcome.kind === 'read'
          ? `read, ${outcome.cells} cells`
          : outcome.kind === 'refused'
            ? outcome.code
            : outcome.kind,
        outcome.seconds.toFixed(2),
        (outcome.peakBytes / 1e6).toFixed(0),
        comparison === undefined
          ? ''
          : comparison.kind === 'different'
            ? describe(comparison.explained)
            : comparison.kind,
      ]),
    );
  }

  private findings(): string[] {
    const features = this.tried.filter(({ case: { group } }) => group === 'features');
    const isCompared = features.length === 0 || features.some(({ comparison }) => comparison?.kind === 'same');
    return [...(isCompared ? [] : ['- features: exceljs reads none of them with every cell the same']), ...this.each()];
  }

  private each(): string[] {
    return this.tried.flatMap(({ case: { group, name }, finding, comparison }) => {
      const found = finding === undefined ? [] : [`- ${group}, ${name}: ${finding}`];
      // A reader with faults of its own is no judge of any file that comes: there the differences are listed alone.
      if (comparison?.kind !== 'different' || group === 'corpus') return found;
      const unknown = comparison.explained.filter(({ why }) => why === undefined);
      if (unknown.length === 0) return found;
      const [{ difference }] = unknown;
      const { sheet, address, own, theirs } = difference;
      const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60));
      const example = `${sheet}!${address}: ${shown(own)} here, ${shown(theirs)} there`;
      return [...found, `- ${group}, ${name}: ${unknown.length} cells differ from exceljs, such as ${example}`];
    });
  }
}

function describe(explained: readonly { why: string | undefined }[]): string {
  const unknown = explained.filter(({ why }) => why === undefined).length;
  return `${explained.length} cells differ${unknown > 0 ? `, ${unknown} for no known reason` : ''}`;
}

/** How often each text occurs, the most frequent first. */
function countBy(texts: readonly string[]): string[][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([text, count]) => [text, String(count)]);
}
