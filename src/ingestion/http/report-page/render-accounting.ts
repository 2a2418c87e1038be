import type { RunReport, SheetAccount } from '../../queries/run-report';
import { type Part, stackedBar } from './charts';
import { count } from './figures';
import { type Html, html } from './html';

const KINDS = ['inserted', 'updated', 'unchanged', 'duplicates', 'quarantined'] as const;
const COLUMNS = ['extracted', ...KINDS, 'absent'] as const;

/** What became of every row, sheet by sheet. */
export function renderAccounting({ sheets, status }: RunReport): Html | undefined {
  if (sheets.length === 0) return undefined;
  const total = Object.fromEntries(
    COLUMNS.map((column) => [column, sheets.reduce((sum, sheet) => sum + sheet[column], 0)]),
  ) as Record<(typeof COLUMNS)[number], number>;
  const accounted = KINDS.reduce((sum, kind) => sum + total[kind], 0);
  const balanced = sheets.every((sheet) => KINDS.reduce((sum, kind) => sum + sheet[kind], 0) === sheet.extracted);
  return html`<section class="long">
    <h2>What became of every row</h2>
    <p>
      ${
        balanced
          ? html`Balanced: all ${count(total.extracted)} rows of ${sheets.length} sheets are accounted for.`
          : html`Not balanced: ${count(accounted)} of ${count(total.extracted)} rows are accounted
            for${status === 'COMPLETED' ? '' : '; nothing was published'}.`
      }
    </p>
    <table>
      <thead>
        <tr>
          <th>Sheet</th>
          <th class="n">read =</th>
          <th class="n">new +</th>
          <th class="n">changed +</th>
          <th class="n">unchanged +</th>
          <th class="n">duplicates +</th>
          <th class="n">quarantined</th>
          <th class="n">gone</th>
        </tr>
      </thead>
      <tbody>
        ${sheets.map(row)}
        <tr class="sum">
          <td>Together</td>
          ${COLUMNS.map((column) => cell(total[column]))}
        </tr>
      </tbody>
    </table>
    ${legend()}
  </section>`;
}

function row(sheet: SheetAccount): Html {
  const parts: Part[] = KINDS.map((kind) => ({ kind, label: LABELS[kind], value: sheet[kind] }));
  return html`<tr>
    <td>${sheet.sheet} ${stackedBar(parts, sheet.sheet)}</td>
    ${COLUMNS.map((column) => cell(sheet[column]))}
  </tr>`;
}

function cell(value: number): Html {
  return html`<td class="n ${value === 0 ? 'zero' : ''}">${count(value)}</td>`;
}

const LABELS: Readonly<Record<(typeof KINDS)[number], string>> = {
  inserted: 'new',
  updated: 'changed',
  unchanged: 'unchanged',
  duplicates: 'duplicates',
  quarantined: 'quarantined',
};

function legend(): Html {
  return html`<div class="legend">
    ${KINDS.map(
      (kind) =>
        html`<span
          ><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${kind}" width="10" height="10" /></svg
          >${LABELS[kind]}</span
        >`,
    )}
    <span>gone: in the database, no longer in the workbook; kept in history</span>
  </div>`;
}
