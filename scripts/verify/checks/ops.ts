import { rowsOf, type Answer, type Check, type Figures } from '../compare';

const DATA_CONTRACT = '/api/ops/data-contract';
/** Found while reading: the staged row no longer shows what stood in the cell. */
const OF_CELLS = ['SENTINEL_DATE', 'FUTURE_DATE', 'CONFLICTING_DUPLICATE'];

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
    path: DATA_CONTRACT,
    sql: 'match_rates',
    served: (answer) =>
      Object.fromEntries(rowsOf(answer, 'match_rates').map(({ name, rate }) => [String(name), rate as number])),
  },
  {
    name: 'findings',
    path: DATA_CONTRACT,
    sql: 'issues',
    served: (answer) => countsOf(answer, 'issues', (code) => !OF_CELLS.includes(code)),
  },
  { name: 'quarantine', path: DATA_CONTRACT, sql: 'rejects', served: (answer) => countsOf(answer, 'rejects') },
];

/** Counts of a list of findings, by sheet and code. */
function countsOf(answer: Answer, list: string, isChosen: (code: string) => boolean = () => true): Figures {
  return Object.fromEntries(
    rowsOf(answer, list)
      .filter(({ code }) => isChosen(String(code)))
      .map(({ entity, code, count }) => [`${list} ${String(entity)} ${String(code)}`, count as number]),
  );
}
