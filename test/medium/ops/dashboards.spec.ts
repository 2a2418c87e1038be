import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startTestApp, type TestApp } from '../../support/app';

const DEPLOY = join(__dirname, '../../../deploy');
const DASHBOARDS = join(DEPLOY, 'grafana/dashboards');

interface Dashboard {
  uid: string;
  title: string;
  panels: { title: string; description: string; targets: { expr: string; datasource: { uid: string } }[] }[];
}
interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string; action: string } }[] }[];
}

const dashboards = readdirSync(DASHBOARDS).map(
  (file) => JSON.parse(readFileSync(join(DASHBOARDS, file), 'utf8')) as Dashboard,
);
const yaml = <T>(file: string): T => parse(readFileSync(join(DEPLOY, file), 'utf8')) as T;
const rules = yaml<Rules>('prometheus/alerts.yml').groups.flatMap((group) => group.rules);

/** What a PromQL expression names beside functions, labels and durations. */
function metricsOf(expression: string): string[] {
  const bare = expression
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b(by|without|on)\s*\([^)]*\)/g, ' ');
  return [...bare.matchAll(/\b[a-z_][a-z0-9_]*\b(?!\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !['and', 'or', 'unless', 'sum', 'max', 'topk', 'up'].includes(name));
}

let product: TestApp;
let known: Set<string>;
beforeAll(async () => {
  product = await startTestApp();
  const text = await (await fetch(`${product.url}/metrics`)).text();
  known = new Set(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name, type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
});
afterAll(() => product.close());

it('reads metrics out of an expression, and would miss none', () => {
  expect(metricsOf('topk(3, sum by (le, a) (rate(x_bucket{a="b"}[5m]))) / max(y_total) > 2 * 3600')).toEqual([
    'x_bucket',
    'y_total',
  ]);
});

it('shows the factory, the ingestion, the API and the queues, by metrics that exist', () => {
  expect(dashboards.map(({ uid }) => uid).sort()).toEqual(['api', 'factory-overview', 'ingestion', 'queues']);
  for (const { title, panels } of dashboards) {
    for (const panel of panels) {
      expect(panel.description).not.toBe('');
      for (const { expr } of panel.targets) {
        const named = metricsOf(expr);
        expect({ expr, named: named.length > 0 }).toEqual({ expr, named: true });
        expect({ title, panel: panel.title, unknown: named.filter((name) => !known.has(name)) }).toEqual({
          title,
          panel: panel.title,
          unknown: [],
        });
      }
    }
  }
});

it('warns by metrics that exist, saying what is wrong and what to do', () => {
  expect(rules.length).toBeGreaterThan(8);
  for (const { alert, expr, annotations } of rules) {
    expect({ alert, unknown: metricsOf(expr).filter((name) => !known.has(name)) }).toEqual({ alert, unknown: [] });
    expect(annotations.summary && annotations.action).toBeTruthy();
  }
});

it('asks the data source that is provisioned', () => {
  const { datasources } = yaml<{ datasources: { uid: string }[] }>('grafana/provisioning/datasources/prometheus.yml');
  const asked = dashboards.flatMap(({ panels }) =>
    panels.flatMap(({ targets }) => targets.map((t) => t.datasource.uid)),
  );
  expect(new Set(asked)).toEqual(new Set(datasources.map(({ uid }) => uid)));
  expect(yaml<{ rule_files: string[] }>('prometheus/prometheus.yml').rule_files).toEqual(['alerts.yml']);
});
