import type { OrderChange, OrderChangeKind, RunChanges } from '../../queries/run-report';
import { count, day, moment } from './figures';
import { type Html, html } from './html';

interface Words {
  readonly tile: string;
  readonly heading: string;
  readonly kind?: 'good' | 'bad';
  /** Headings of the two dates and of the days, and the days as they are said; undefined: without examples. */
  readonly columns?: readonly [before: string, after: string, days: string];
}

const WORDS: Readonly<Record<OrderChangeKind, Words>> = {
  created: { tile: 'new orders', heading: 'New orders', columns: ['', 'created', ''] },
  finished: { tile: 'orders finished', heading: 'Finished', kind: 'good', columns: ['due', 'finished', 'days late'] },
  newly_late: { tile: 'newly late', heading: 'Newly late', kind: 'bad', columns: ['due before', 'due', 'days late'] },
  due_later: {
    tile: 'due dates moved later',
    heading: 'Due date moved later',
    columns: ['due before', 'due now', 'days later'],
  },
  due_earlier: {
    tile: 'due dates moved earlier',
    heading: 'Due date moved earlier',
    columns: ['due before', 'due now', 'days earlier'],
  },
  due_given: { tile: 'due dates given', heading: 'Due date given' },
  due_taken: { tile: 'due dates taken away', heading: 'Due date taken away' },
};

/** What the load changed about orders: what a planner looks for first. */
export function renderChanges({ since_run_id, orders }: RunChanges): Html {
  const changed = orders.filter(({ count: orderCount }) => orderCount > 0);
  return html`<section class="long">
    <h2>What changed since run ${since_run_id}</h2>
    ${
      changed.length === 0
        ? html`<p>No order was added or finished, none became late, no due date moved.</p>`
        : html`<div class="tiles">
            ${orders
              .filter(({ kind, count: orderCount }) => orderCount > 0 || ALWAYS.has(kind))
              .map(
                ({ kind, count: orderCount }) =>
                  html`<div class="tile ${orderCount > 0 ? (WORDS[kind].kind ?? '') : ''}">
                    <b>${count(orderCount)}</b><span>${WORDS[kind].tile}</span>
                  </div>`,
              )}
          </div>`
    }
    <div class="lists">${changed.map(({ kind, count: orderCount, examples }) => list(kind, orderCount, examples))}</div>
  </section>`;
}

/** Shown with 0 too: that nothing became late is news. */
const ALWAYS: ReadonlySet<OrderChangeKind> = new Set(['created', 'finished', 'newly_late', 'due_later', 'due_earlier']);

function list(kind: OrderChangeKind, total: number, examples: readonly OrderChange[]): Html | undefined {
  const { heading, columns } = WORDS[kind];
  if (columns === undefined) return undefined;
  const [before, after, days] = columns;
  const more =
    total > examples.length
      ? html`<span class="quiet"> (the first ${examples.length} of ${count(total)})</span>`
      : undefined;
  const head = (text: string, kindOf = ''): Html | undefined =>
    text === '' ? undefined : html`<th class="${kindOf}">${text}</th>`;
  return html`<div>
    <h3>${heading}${more}</h3>
    <table>
      <thead>
        <tr>
          <th>Order</th>
          <th>Product</th>
          ${head(before)} ${head(after)} ${head(days, 'n')}
        </tr>
      </thead>
      <tbody>
        ${examples.map(
          (order) =>
            html`<tr>
              <td>${order.of_id}</td>
              <td>${order.produto_nome ?? html`<span class="quiet">not in the catalogue</span>`}</td>
              ${before === '' ? undefined : html`<td>${day(order.before)}</td>`}
              <td>${kind === 'created' ? moment(order.after) : day(order.after)}</td>
              ${days === '' ? undefined : html`<td class="n">${daysOf(kind, order.days)}</td>`}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function daysOf(kind: OrderChangeKind, days: number | null): string {
  if (days === null) return '–';
  if (kind === 'finished' && days <= 0) return 'on time';
  return count(Math.abs(days));
}
