import type { MatchRate, RunReport } from '../../queries/run-report';
import { bar, bullet } from './charts';
import { count, duration, share } from './figures';
import { type Html, html } from './html';

interface Status {
  readonly pill: string;
  readonly fill: string;
  readonly says: string;
}

const STATUSES: Readonly<Record<string, Status>> = {
  ON: { pill: 'good', fill: 'fill-good', says: 'on' },
  DEGRADED: { pill: 'warn', fill: 'fill-warn', says: 'degraded' },
  OFF: { pill: 'bad', fill: 'fill-bad', says: 'off' },
};
const UNMEASURED: Status = { pill: '', fill: 'fill-plain', says: 'not measured' };

/** What rests on a relationship, in the words of whoever planned to use it. */
const RESTS_ON: Readonly<Record<string, string>> = {
  employee_productivity: 'Key figures per worker: assigned phases that exist in FasesOrdemFabrico',
  produto_join: 'Names, weights and routes of products: ordered products that exist in Modelos',
};

/** How many keys found their partner, against what is needed. */
export function renderRates(rates: readonly MatchRate[]): Html | undefined {
  if (rates.length === 0) return undefined;
  return html`<section>
    <h2>What the data support</h2>
    <table>
      <thead>
        <tr>
          <th>Relationship</th>
          <th class="n">found</th>
          <th class="n">of</th>
          <th class="n">share</th>
          <th>against its threshold</th>
          <th class="n">needed</th>
          <th>state</th>
        </tr>
      </thead>
      <tbody>
        ${rates.map(rate)}
      </tbody>
    </table>
  </section>`;
}

function rate({ name, matches, total, rate: found, threshold, status }: MatchRate): Html {
  const { pill, fill, says } = STATUSES[status] ?? UNMEASURED;
  return html`<tr>
    <td><code>${name}</code><br /><span class="quiet">${RESTS_ON[name] ?? ''}</span></td>
    <td class="n">${count(matches)}</td>
    <td class="n">${count(total)}</td>
    <td class="n">${found === null ? '–' : share(found)}</td>
    <td>${found === null ? undefined : bullet(found, threshold, fill)}</td>
    <td class="n">${threshold === null ? '–' : share(threshold)}</td>
    <td><span class="pill ${pill}">${says}</span></td>
  </tr>`;
}

/** Where the time went. */
export function renderSteps({ steps, peak_rss_mb }: RunReport): Html | undefined {
  if (steps.length === 0) return undefined;
  const longest = Math.max(...steps.map(({ seconds }) => seconds));
  return html`<section>
    <h2>Where the time went</h2>
    <table>
      <thead>
        <tr>
          <th>Step</th>
          <th class="n">time</th>
          <th></th>
          <th class="n">rows</th>
        </tr>
      </thead>
      <tbody>
        ${steps.map(
          ({ name, seconds, rows }) =>
            html`<tr>
              <td>${name.replaceAll('_', ' ')}</td>
              <td class="n">${duration(seconds)}</td>
              <td>${bar(seconds, longest, 'fill-plain')}</td>
              <td class="n">${count(rows)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${peak_rss_mb === null ? undefined : html`<p class="quiet">Memory of the loading process: ${count(peak_rss_mb)} MB at most.</p>`}
  </section>`;
}
