import { isRule, RULES } from '@libs/simulation';
import { HORIZON_DAYS } from '@libs/factory-model';
import type { Catalogue } from './catalogue';
import { calendarOf } from './normalise-calendar';
import { dayOf, type Fields, isGiven, listOf, minuteOf, numberOf, objectOf, onlyKnown, refuse } from './fields';
import type { Kind, NormalRequest, OrderFilter } from './normal-request';

const MULTIPLIER = { above: 0, to: 100 };
const MOST_SERVERS = 1000;
const MOST_PIECES = 500;
const MOST_REPLICATIONS = 200;
const CONFIDENCES = [0.9, 0.95, 0.99];
const DAY_MS = 86_400_000;

const FILTER = ['produtos', 'produto_id', 'familias', 'fases', 'fase_id', 'ids', 'of_ids', 'due_from', 'due_to'];

/**
 * Reads a body in any of the declared forms.
 *
 * @param body undefined and {} are the baseline
 * @throws InvalidRequestError naming the first field that is wrong, and what may stand there
 */
export function normalise(kind: Kind, body: unknown, catalogue: Catalogue): NormalRequest {
  const fields = objectOf('the body', body);
  const warnings: string[] = [];
  const { closed_days, extra_shifts } = calendarOf(fields['calendar'], catalogue);
  return {
    kind,
    priority_rule: ruleOf('priority_rule', fields['priority_rule']),
    seed: isGiven(fields['seed'])
      ? numberOf('seed', fields['seed'], { from: 0, to: Number.MAX_SAFE_INTEGER, whole: true })
      : 1,
    capacity: capacityOf(fields['capacity_overrides'], catalogue),
    coef: [
      ...coefsOf('coeficiente_overrides', fields['coeficiente_overrides'], catalogue),
      ...coefsOf('coef_overrides', fields['coef_overrides'], catalogue),
    ].sort(byJson),
    closed_days,
    extra_shifts,
    outages: kind === 'avaria' ? outagesOf(fields, catalogue, warnings) : [],
    urgent: kind === 'vip' ? urgentOf(fields, catalogue, warnings) : [],
    order_filter: filterOf(fields['order_filter'], catalogue),
    arrivals_days: arrivalsOf(fields['future_arrivals']),
    stochastic: stochasticOf(fields['stochastic']),
    warnings,
  };
}

/**
 * The priority rule that a request names; FIFO where it names none. @throws what refuse() throws for any other text
 */
export function ruleOf(field: string, value: unknown): NormalRequest['priority_rule'] {
  if (!isGiven(value)) return 'FIFO';
  const text = String(value).trim().toUpperCase();
  return isRule(text) ? text : refuse(field, value, `the rules are ${RULES.join(', ')}`);
}

function capacityOf(value: unknown, catalogue: Catalogue): NormalRequest['capacity'] {
  const field = 'capacity_overrides';
  return Object.entries(objectOf(field, value))
    .map(([key, override]) => {
      const place = `${field}.${key}`;
      const fase_id = catalogue.phase(`${field} key`, key).id;
      if (typeof override !== 'object' || override === null) {
        return { fase_id, throughput_multiplier: numberOf(place, override, MULTIPLIER) };
      }
      const form = objectOf(place, override);
      onlyKnown(place, form, ['throughput_multiplier', 'n_funcionarios']);
      const { throughput_multiplier: multiplier, n_funcionarios: servers } = form;
      if (!isGiven(multiplier) && !isGiven(servers)) {
        refuse(place, override, 'give throughput_multiplier (above 0 to 100) or n_funcionarios (1 to 1000)');
      }
      const range = { from: 1, to: MOST_SERVERS, whole: true };
      return {
        fase_id,
        ...(isGiven(servers) ? { n_funcionarios: numberOf(`${place}.n_funcionarios`, servers, range) } : {}),
        ...(isGiven(multiplier)
          ? { throughput_multiplier: numberOf(`${place}.throughput_multiplier`, multiplier, MULTIPLIER) }
          : {}),
      };
    })
    .sort((one, other) => one.fase_id - other.fase_id);
}

function coefsOf(field: string, value: unknown, catalogue: Catalogue): NormalRequest['coef'] {
  return Object.entries(objectOf(field, value)).flatMap(([key, override]) => {
    const target = coefTarget(`${field} key`, key, catalogue);
    const factor = factorOf(`${field}.${key}`, override);
    return factor === undefined ? [] : [{ ...target, factor }];
  });
}

/** `12` or a phase's name, `produto:345`, `of:140725`, `of:140725/fase:12`, `produto:345/fase:12`. */
function coefTarget(field: string, key: string, catalogue: Catalogue): Omit<NormalRequest['coef'][number], 'factor'> {
  const parts = /^(?:fase|produto|of):/i.test(key) ? key.split('/') : [`fase:${key}`];
  const target: { fase_id?: number; produto_id?: number; of_id?: number } = {};
  for (const part of parts) {
    const [, kind, name] = /^(fase|produto|of):(.+)$/is.exec(part) ?? [];
    if (kind?.toLowerCase() === 'fase') target.fase_id = catalogue.phase(field, name).id;
    else if (kind?.toLowerCase() === 'produto') target.produto_id = catalogue.product(field, name).id;
    else if (kind?.toLowerCase() === 'of') target.of_id = orderOf(field, name, catalogue);
    else refuse(field, key, 'it must be a phase (12), produto:345, of:140725, or two of them: of:140725/fase:12');
  }
  return target;
}

function orderOf(field: string, value: unknown, { model }: Catalogue): number {
  const ofId = Number(value);
  return model.orders.some((order) => order.ofId === ofId)
    ? ofId
    : refuse(field, value, 'it must be the number of an active order');
}

/** A number, {coef}, or {coeficiente, coeficiente_x}: the two of a phase multiply. None of them: nothing is changed. */
function factorOf(place: string, override: unknown): number | undefined {
  if (typeof override !== 'object' || override === null) return numberOf(place, override, MULTIPLIER);
  const form = objectOf(place, override);
  const names = ['coef', 'coeficiente', 'coeficiente_x'];
  onlyKnown(place, form, names);
  const given = names.filter((name) => isGiven(form[name]));
  if (given.length === 0) return undefined;
  return given.reduce((product, name) => product * numberOf(`${place}.${name}`, form[name], MULTIPLIER), 1);
}

function filterOf(value: unknown, catalogue: Catalogue): OrderFilter | null {
  const field = 'order_filter';
  const form = objectOf(field, value);
  onlyKnown(field, form, FILTER);
  const { due_from, due_to } = form;
  const produtos = [...listOf(form['produtos']), ...listOf(form['produto_id'])].map(
    (each) => catalogue.product(`${field}.produtos`, each).id,
  );
  const fases = [...listOf(form['fases']), ...listOf(form['fase_id'])].map(
    (each) => catalogue.phase(`${field}.fases`, each).id,
  );
  const ids = [...listOf(form['ids']), ...listOf(form['of_ids'])].map((each) =>
    numberOf(`${field}.ids`, each, { from: 0, to: Number.MAX_SAFE_INTEGER, whole: true }),
  );
  const familias = listOf(form['familias']).map((each) =>
    catalogue.hasFamily(String(each))
      ? String(each).trim().toLowerCase()
      : refuse(`${field}.familias`, each, 'it must be a family: the first two words of the name of a product'),
  );
  const filter: OrderFilter = {
    ...(produtos.length > 0 ? { produtos: sorted(produtos) } : {}),
    ...(familias.length > 0 ? { familias: [...new Set(familias)].sort() } : {}),
    ...(fases.length > 0 ? { fases: sorted(fases) } : {}),
    ...(ids.length > 0 ? { ids: sorted(ids) } : {}),
    ...(isGiven(due_from) ? { due_from: dayOf(`${field}.due_from`, due_from) } : {}),
    ...(isGiven(due_to) ? { due_to: dayOf(`${field}.due_to`, due_to) } : {}),
  };
  return Object.keys(filter).length === 0 ? null : filter;
}

function arrivalsOf(value: unknown): number {
  if (!isGiven(value) || value === false) return 0;
  const days = typeof value === 'object' ? objectOf('future_arrivals', value)['days'] : value;
  return numberOf('future_arrivals.days', days, { from: 0, to: 365, whole: true });
}

function stochasticOf(value: unknown): NormalRequest['stochastic'] {
  if (!isGiven(value) || value === false) return null;
  const field = 'stochastic';
  const form = value === true ? {} : typeof value === 'object' ? objectOf(field, value) : { replications: value };
  onlyKnown(field, form, ['replications', 'confidence', 'half_width_h']);
  const { replications = 30, confidence = 0.95, half_width_h = 0 } = form;
  if (!CONFIDENCES.includes(Number(confidence))) {
    refuse(`${field}.confidence`, confidence, `it must be one of ${CONFIDENCES.join(', ')}`);
  }
  return {
    replications: numberOf(`${field}.replications`, replications, { from: 2, to: MOST_REPLICATIONS, whole: true }),
    confidence: Number(confidence),
    half_width_h: numberOf(`${field}.half_width_h`, half_width_h, { from: 0, to: 1e6 }),
  };
}

function urgentOf(form: Fields, catalogue: Catalogue, warnings: string[]): NormalRequest['urgent'] {
  const { sku, quantidade, prazo } = form;
  if (!isGiven(sku)) warnings.push('sku is empty: without an urgent order the answer is the baseline.');
  const pieces = isGiven(quantidade)
    ? numberOf('quantidade', quantidade, { from: 0, to: MOST_PIECES, whole: true })
    : 0;
  if (pieces === 0) warnings.push('quantidade is 0: no piece is made.');
  const due = isGiven(prazo) ? dayOf('prazo', prazo) : undefined;
  if (due === undefined) warnings.push('prazo is empty: the urgent order has no due date.');
  else warnOfDay('prazo', due, catalogue, warnings);
  if (!isGiven(sku)) return [];
  const product = catalogue.product('sku', sku);
  if (product.route.length === 0) {
    warnings.push(`Product ${product.id} has no standard route: what it would displace cannot be told.`);
    return [];
  }
  if (pieces === 0) return [];
  return [{ produto_id: product.id, quantidade: pieces, ...(due === undefined ? {} : { prazo: due }) }];
}

function outagesOf(form: Fields, catalogue: Catalogue, warnings: string[]): NormalRequest['outages'] {
  const { recurso, de, ate } = form;
  const phase = isGiven(recurso) ? catalogue.phase('recurso', recurso) : undefined;
  const from = isGiven(de) ? minuteOf('de', de) : undefined;
  const to = isGiven(ate) ? minuteOf('ate', ate) : undefined;
  if (from !== undefined && to !== undefined && to <= from) refuse('ate', ate, `it must lie after de (${from})`);
  for (const [field, value] of Object.entries({ recurso: phase, de: from, ate: to })) {
    if (value === undefined) warnings.push(`${field} is empty: without it nothing is out of order.`);
  }
  if (from !== undefined) warnOfDay('de', from, catalogue, warnings);
  if (to !== undefined) warnOfDay('ate', to, catalogue, warnings);
  return phase === undefined || from === undefined || to === undefined ? [] : [{ fase_id: phase.id, from, to }];
}

function warnOfDay(field: string, day: string, { model }: Catalogue, warnings: string[]): void {
  const moment = Date.parse(`${day.slice(0, 10)}T00:00Z`);
  const start = model.start * 1000;
  if (moment > start + HORIZON_DAYS * DAY_MS) {
    warnings.push(
      `${field} lies beyond the horizon of the simulation, ${HORIZON_DAYS} days from the last recorded event.`,
    );
  } else if (moment < start - DAY_MS) {
    warnings.push(`${field} lies before the last recorded event, where the simulation begins.`);
  }
}

function sorted(values: readonly number[]): number[] {
  return [...new Set(values)].sort((one, other) => one - other);
}

function byJson(one: object, other: object): number {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  return a < b ? -1 : Number(a > b);
}
