/**
 * What the frontend's three ML pages do, and nothing else of them. Predictions go through axios (key, axios' Accept) and a
 * schema: what it does not name is never seen, what it calls optional may be absent but not null, and an answer that
 * breaks it is none. Explanations go through a fetch that names JSON and sends no key. Trainings and models go through a
 * plain fetch without headers, body or key. Each figure goes through toFixed, which a string or null does not survive:
 * such an answer takes the whole page down.
 *
 * Opened with `?api=` and the address of the product; calls are made by predict(id), explain(id), models() and train(kind).
 */
export const FRONTEND = `<!doctype html><meta charset="utf-8"><title>ML</title>
<p id="state"></p><ul id="figures"></ul><ul id="models"></ul><ul id="jobs"></ul>
<script>
const API = new URLSearchParams(location.search).get('api');
const at = (id) => document.getElementById(id);
const list = (id, lines) => at(id).replaceChildren(...lines.map((line) => {
  const item = document.createElement('li');
  item.textContent = line;
  return item;
}));
async function shown(path, init, failed, render) {
  at('state').textContent = 'A carregar';
  list('figures', []);
  const response = await fetch(API + '/api/ml/' + path, init);
  const answer = await response.json();
  try {
    at('state').textContent = response.ok ? render(answer) || 'Pronto' : failed(response.status, answer);
  } catch (error) {
    at('state').textContent = 'Erro na rota: ' + error.message;
  }
  return { status: response.status, answer };
}

const number = (value) => typeof value === 'number' && !Number.isNaN(value);
const string = (value) => typeof value === 'string';
const optional = (type) => (value) => value === undefined || type(value);
const pair = (value) => Array.isArray(value) && value.length === 2 && value.every(number);
const PREDICTION = {
  predicted_leadtime_hours: number, predicted_lead_time_h: optional(number), confidence_interval: optional(pair),
  baseline_leadtime_hours: optional(number), baseline_lead_time_h: optional(number), model_version: optional(string),
};
const parsed = (schema, answer) => Object.fromEntries(Object.entries(schema).map(([key, type]) => {
  if (!type(answer[key])) throw new Error('Validation failed for ' + key);
  return [key, answer[key]];
}));
const predict = (id) => shown('predict/leadtime?modelo_id=' + id,
  { headers: { 'X-API-Key': 'dev-key', Accept: 'application/json, text/plain, */*' } },
  (_, answer) => answer.status === 'NOT_SUPPORTED_BY_DATA' ? answer.reason : 'Erro ao gerar previsão',
  (answer) => {
    const found = parsed(PREDICTION, answer);
    const [low, high] = found.confidence_interval;
    list('figures', [
      'predicted ' + found.predicted_leadtime_hours.toFixed(1) + 'h',
      'interval ' + low.toFixed(1) + 'h to ' + high.toFixed(1) + 'h',
      'baseline ' + found.baseline_leadtime_hours.toFixed(1) + 'h',
      'model_version ' + found.model_version,
    ]);
  });

const explain = (id) => shown('explain/leadtime',
  { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ modelo_id: id }) },
  (status, answer) => status === 422 || status === 501 ? 'NOT_SUPPORTED_BY_DATA' : answer.detail,
  (answer) => {
    const rows = answer.feature_importance || answer.features;
    if (!rows || rows.length === 0) return 'Selecione um modelo';
    list('figures', rows.map(({ name, value, contribution, importance }) =>
      name + ' ' + value.toFixed(2) + ' ' + (contribution || importance).toFixed(2)));
  });

const models = () => shown('models', undefined, () => 'Sem modelos registados', ({ models: rows, total, active_count }) => {
  list('models', rows.map((row) => [
    row.model_id, row.model_name, row.version, row.algorithm,
    ...Object.entries(row.metrics).slice(0, 3).map(([name, value]) => name + '=' + value.toFixed(3)),
    row.is_active ? 'active' : 'inactive', new Date(row.created_at).toLocaleString('pt-PT'),
  ].join(' ')));
  return rows.length === 0 ? 'Sem modelos registados' : total + ' modelos, ' + active_count + ' ativos';
});

const train = (kind) => shown('train/' + kind, { method: 'POST' }, () => '', (answer) => {
  const line = [answer.model_name, answer.status, answer.job_id, answer.estimated_duration_minutes + ' min',
    new Date(answer.created_at).toLocaleString('pt-PT'), answer.message].join(' ');
  list('jobs', [...[...at('jobs').children].map(({ textContent }) => textContent), line]);
});
</script>`;
