import { ask } from './client';

/** What the published data say, answer by answer: a text that is the same exactly when the figures are. */
export type Figures = Readonly<Record<string, string>>;

/** When it was published and by which run is no figure: the same workbook published twice says the same. */
const OF_THE_RUN: ReadonlySet<string> = new Set(['generated_at', 'run_id', 'data_version', 'version']);

/** Answers that follow from the published workbook alone. */
export function readsOf(ofId: string): readonly string[] {
  return [
    '/api/prodplan/orders?limit=50&include_total=true',
    `/api/prodplan/orders/${ofId}`,
    `/api/prodplan/orders/${ofId}/phases`,
    '/api/prodplan/schedule/current',
    '/api/kpis/overview',
    '/api/kpis/by-phase',
    '/api/quality/overview',
    '/api/quality/by-phase',
    '/api/smartinventory/wip',
    '/api/smartinventory/wip_mass',
    '/api/smartinventory/gelcoat_theoretical_usage',
  ];
}

/** Those of the reads that are answered differently for each of the workbooks: the others cannot show a mixture. */
export function tellingReads(known: ReadonlyMap<string, Figures>, reads: readonly string[]): string[] {
  return reads.filter((path) => new Set([...known.values()].map((figures) => figures[path])).size === known.size);
}

/** The figures of one answer. */
export function figuresOf(text: string): string {
  return JSON.stringify(JSON.parse(text), (key, value: unknown) => (OF_THE_RUN.has(key) ? undefined : value));
}

/** The figures of all reads. @throws Error when one is not answered with 200 */
export async function readFigures(origin: string, key: string, reads: readonly string[]): Promise<Figures> {
  const figures: Record<string, string> = {};
  for (const path of reads) {
    const { status, text } = await ask(origin, { path, key });
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${text.slice(0, 200)}`);
    figures[path] = figuresOf(text);
  }
  return figures;
}
