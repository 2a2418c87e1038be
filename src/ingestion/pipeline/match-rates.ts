import type { RelationshipReport } from '@libs/profile';
import type { MatchRate } from './run-state';

/** Relationships that switch features, by the names of `definitions.md`. */
const GATES = [
  {
    name: 'employee_productivity',
    from: 'FuncionarioFaseOf_FaseOfId',
    to: 'FaseOf_Id',
    threshold: 0.9,
    below: 'OFF',
  },
  { name: 'produto_join', from: 'Of_ProdutoId', to: 'Produto_Id', threshold: 0.95, below: 'DEGRADED' },
] as const;

/** The match rates that switch features: over the distinct values of every row as extracted. */
export function matchRates(report: RelationshipReport): MatchRate[] {
  return GATES.map(({ name, from, to, threshold, below }) => {
    const found = report.relationships.find((relationship) => relationship.from === from && relationship.to === to);
    if (!found) throw new Error(`the inspection has no relationship ${from} to ${to}`);
    const { matches, distinct: total } = found;
    const rate = total === 0 ? null : matches / total;
    const status = rate === null ? 'NO_DATA' : rate < threshold ? below : 'ON';
    return { name, matches, total, rate, threshold, status };
  });
}
