import { rowsOf, type Answer, type Check } from '../compare';

export const OPS: readonly Check[] = [
  {
    name: 'match rates of the gates',
    path: '/api/ops/feature-gates',
    sql: 'match_rates',
    served: (answer) => {
      const gates = Object.values(answer.gates as Record<string, Answer>);
      return Object.fromEntries(
        gates
          .filter(({ relationship }) => typeof relationship === 'string')
          .map(({ feature, match_rate }) => [feature as string, match_rate as number]),
      );
    },
  },
  {
    name: 'match rates of the data contract',
    path: '/api/ops/data-contract',
    sql: 'match_rates',
    served: (answer) =>
      Object.fromEntries(rowsOf(answer, 'match_rates').map(({ table, rate }) => [String(table), rate as number])),
  },
];
