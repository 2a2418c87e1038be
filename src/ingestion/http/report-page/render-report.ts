import { hasEnded, type RunReport } from '../../queries/run-report';
import { count, duration, megabytes, moment, share } from './figures';
import { Html, html } from './html';
import { renderAccounting } from './render-accounting';
import { renderChanges } from './render-changes';
import { type ReasonExamples, renderIssues, renderRejects } from './render-findings';
import { renderRates, renderSteps } from './render-rates';
import { STYLES } from './styles';

const PILLS: Readonly<Record<string, string>> = {
  COMPLETED: 'good',
  FAILED: 'bad',
  INTERRUPTED: 'bad',
  CANCELLED: 'warn',
};

/**
 * The report of a load as one page that needs nothing else: it can be read, printed, and kept as a file.
 *
 * @param examples some quarantined rows of each reason and sheet
 */
export function renderReport(report: RunReport, examples: readonly ReasonExamples[]): string {
  const title = `Import report, run ${report.run_id}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}: ${report.workbook.name}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          ${head(report, title)} ${notes(report)} ${report.sheets.length > 0 ? tiles(report) : undefined}
          ${report.changes ? renderChanges(report.changes) : undefined} ${renderAccounting(report)}
          ${renderRejects(report, examples)} ${renderRates(report.match_rates)} ${renderIssues(report)}
          ${renderSteps(report)} ${foot(report)}
        </main>
      </body>
    </html> `;
  return page.text;
}

/** Put together by hand: the page's policy names the hash of exactly this text. */
const STYLE_ELEMENT = new Html(`<style>${STYLES}</style>`);

function head(report: RunReport, title: string): Html {
  const { workbook, status } = report;
  const pill = `pill ${PILLS[status] ?? ''}`;
  const facts = [
    workbook.bytes === null ? undefined : megabytes(workbook.bytes),
    report.finished_at ? `loaded ${moment(report.finished_at)}` : undefined,
    report.as_of === null ? undefined : `data up to ${moment(report.as_of)}`,
  ].filter((fact) => fact !== undefined);
  return html`<header class="top">
      <h1>${title}</h1>
      <span class="${pill}">${status}</span>
    </header>
    <p class="wide"><b>${workbook.name}</b>${facts.map((fact) => html` · ${fact}`)}</p>
    ${workbook.sha256 === null ? undefined : html`<p class="quiet wide">SHA-256 <code>${workbook.sha256}</code></p>`}`;
}

/** What a reader must know before any figure. */
function notes(report: RunReport): Html {
  const { error, same_content_as: same } = report;
  return html`${
    error &&
    html`<section class="note bad">
      <h2>Nothing was changed: ${error.code}</h2>
      <p class="wide">${error.detail}</p>
      ${error.remedy && html`<p class="wide"><b>What to do:</b> ${error.remedy}</p>`}
    </section>`
  }
  ${
    hasEnded(report.status)
      ? undefined
      : html`<section class="note">
          <h2>This load has not ended</h2>
          <p>The figures follow when it has. Load this page again then.</p>
        </section>`
  }
  ${
    report.sample
      ? html`<section class="note">
          <h2>Sample data</h2>
          <p>This workbook was generated. None of its figures is the factory’s.</p>
        </section>`
      : undefined
  }
  ${
    same === undefined
      ? undefined
      : html`<section class="note">
          <h2>The same content as run ${same}</h2>
          <p>No row was written; rejects and findings are those of that run.</p>
        </section>`
  }
  ${
    report.warnings.length === 0
      ? undefined
      : html`<section class="note">
          <h2>Worth a look</h2>
          <ul>
            ${report.warnings.map((warning) => html`<li class="wide">${warning}</li>`)}
          </ul>
        </section>`
  }`;
}

function tiles(report: RunReport): Html {
  const sum = (pick: (sheet: RunReport['sheets'][number]) => number): number =>
    report.sheets.reduce((total, sheet) => total + pick(sheet), 0);
  const read = sum((sheet) => sheet.extracted);
  const quarantined = sum((sheet) => sheet.quarantined);
  const tile = (figure: string, label: string, kind = ''): Html =>
    html`<div class="tile ${kind}"><b>${figure}</b><span>${label}</span></div>`;
  return html`<div class="tiles">
    ${tile(count(read), `rows read from ${report.sheets.length} sheets`)}
    ${tile(count(sum((sheet) => sheet.inserted)), 'new')} ${tile(count(sum((sheet) => sheet.updated)), 'changed')}
    ${tile(
      count(quarantined),
      read === 0 ? 'quarantined' : `quarantined (${share(quarantined / read)})`,
      quarantined > 0 ? 'bad' : 'good',
    )}
    ${tile(count(sum((sheet) => sheet.absent)), 'no longer in the workbook')}
    ${report.seconds === null ? undefined : tile(duration(report.seconds), 'from start to publish')}
  </div>`;
}

function foot(report: RunReport): Html {
  const run = report.run_id;
  return html`<footer>
    <span class="screen">
      The same as data: <a href="/api/ingestion/report/${run}?format=json">report</a>,
      <a href="/api/ingestion/rejects/${run}?format=csv">rejects (CSV)</a>,
      <a href="/api/ingestion/issues/${run}?format=csv">findings (CSV)</a>.
    </span>
    Times are the factory’s (Europe/Lisbon). PRODPLAN 4.0 OS.
  </footer>`;
}
