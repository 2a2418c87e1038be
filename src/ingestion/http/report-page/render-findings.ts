import type { RunReport } from '../../queries/run-report';
import { bar } from './charts';
import { count } from './figures';
import { type Html, html } from './html';
import { ISSUE_REASONS, REJECT_REASONS } from './reasons';

/** A quarantined row as the page shows it. */
export interface RejectExample {
  readonly sheet: string;
  readonly row: number;
  /** Address of the cell, such as D40217; null where the row as a whole is meant. */
  readonly cell: string | null;
  readonly reason: string;
}

/** Rows that stand for all that one sheet lost for one reason. */
export interface ReasonExamples {
  readonly sheet: string;
  readonly reason_code: string;
  readonly rows: readonly RejectExample[];
}

/** Quarantined rows by reason, the most frequent first, with cells to look at. */
export function renderRejects(report: RunReport, examples: readonly ReasonExamples[]): Html | undefined {
  if (report.sheets.length === 0 && report.rejects.length === 0) return undefined;
  const sorted = [...report.rejects].sort((a, b) => b.count - a.count);
  const longest = sorted.at(0)?.count ?? 0;
  return html`<section class="long">
    <h2>Rows that were not taken</h2>
    ${
      sorted.length === 0
        ? html`<p>Every row was taken.</p>`
        : html`<p>
              Correct the cells in the source system, export again, load again: rows that are whole by then are taken.
              <a class="screen" href="/api/ingestion/rejects/${report.run_id}?format=csv">All of them as CSV</a>
            </p>
            ${sorted.map((reject) =>
              reason(
                reject,
                longest,
                examples.find((some) => some.sheet === reject.sheet && some.reason_code === reject.reason_code),
              ),
            )}`
    }
  </section>`;
}

function reason(reject: RunReport['rejects'][number], longest: number, examples: ReasonExamples | undefined): Html {
  const { meaning, remedy } = REJECT_REASONS[reject.reason_code] ?? { meaning: '', remedy: '' };
  return html`<div class="reason">
      <div><code>${reject.reason_code}</code><br /><span class="quiet">${reject.sheet}</span></div>
      <div class="n"><b>${count(reject.count)}</b></div>
      <div>
        ${bar(reject.count, longest, 'quarantined')}<span>${meaning}</span> <span class="quiet">${remedy}</span>
      </div>
    </div>
    ${
      examples === undefined || examples.rows.length === 0
        ? undefined
        : html`<table class="examples">
            <tbody>
              ${examples.rows.map(
                (row) =>
                  html`<tr>
                    <td class="wide">
                      ${row.sheet}${row.cell === null ? html`, row ${row.row}` : html`!<b>${row.cell}</b>`}
                    </td>
                    <td class="wide">${row.reason}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }`;
}

/** Findings about rows that were kept. */
export function renderIssues(report: RunReport): Html | undefined {
  if (report.issues.length === 0) return undefined;
  const sorted = [...report.issues].sort((a, b) => b.count - a.count);
  const longest = sorted[0].count;
  return html`<section class="long">
    <h2>Rows that were taken with a remark</h2>
    <table>
      <thead>
        <tr>
          <th>Finding</th>
          <th class="n">rows</th>
          <th></th>
          <th>what it means</th>
          <th>what follows</th>
        </tr>
      </thead>
      <tbody>
        ${sorted.map(({ sheet, code, count: rows }) => {
          const { meaning, remedy } = ISSUE_REASONS[code] ?? { meaning: '', remedy: '' };
          return html`<tr>
            <td><code>${code}</code><br /><span class="quiet">${sheet}</span></td>
            <td class="n">${count(rows)}</td>
            <td>${bar(rows, longest, 'fill-warn')}</td>
            <td>${meaning}</td>
            <td>${remedy}</td>
          </tr>`;
        })}
      </tbody>
    </table>
    <p class="quiet screen"><a href="/api/ingestion/issues/${report.run_id}?format=csv">All of them as CSV</a></p>
  </section>`;
}
