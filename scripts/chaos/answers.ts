import { figuresOf } from '../fuzz/sequences/figures';

/** Pages whose answers follow from the published workbook alone: neither from the time nor from what else was done. */
export const PAGES_OF_THE_WORKBOOK = [
  '/api/prodplan/orders?limit=50',
  '/api/prodplan/schedule/current',
  '/api/prodplan/bottlenecks',
  '/api/prodplan/risk_queue',
  '/api/kpis/overview',
  '/api/kpis/by-phase',
  '/api/quality/overview',
  '/api/smartinventory/wip',
  '/api/smartinventory/gelcoat_theoretical_usage',
] as const;

/** What those pages say while each of the workbooks is published, learnt from a product that is well. */
export class KnownAnswers {
  private readonly figures = new Map<string, Set<string>>();

  get isEmpty(): boolean {
    return this.figures.size === 0;
  }

  /** @param read the body of a page's 200 */
  async learn(read: (path: string) => Promise<string>): Promise<void> {
    for (const path of PAGES_OF_THE_WORKBOOK) {
      const known = this.figures.get(path) ?? new Set();
      this.figures.set(path, known.add(figuresOf(await read(path))));
    }
  }

  /** @returns what is wrong with the body of a 200, in words; of other pages nothing is known */
  faultOf(path: string, text: string): string | undefined {
    const known = this.figures.get(path);
    if (known === undefined) return undefined;
    try {
      const figures = figuresOf(text);
      return known.has(figures) ? undefined : `says what no workbook leads to: ${figures.slice(0, 120)}`;
    } catch {
      return `200 without JSON: ${text.slice(0, 120)}`;
    }
  }
}
