import type { TaskCard } from '../training/train-task';

/** The order in which a version's figures are listed: a page has room for the first three. jsonb keeps an order of its own. */
const LISTED = [
  ...['mae_days', 'baseline_mae_days', 'p10_p90_coverage', 'pinball_days', 'baseline_pinball_days', 'bias_days'],
  ...['auc', 'brier', 'baseline_brier', 'train_orders', 'validation_orders'],
];

/** The figures of a version that lists show. */
export function metricsOf(card: TaskCard): Record<string, number> {
  const rows = { train_orders: card.rows.train, validation_orders: card.rows.validation };
  if (card.durations !== undefined) {
    const [model, ...others] = card.durations.validation;
    const baseline = others.find(({ name }) => name === card.baseline.name);
    return finite({
      mae_days: model.measures.mae,
      baseline_mae_days: baseline?.measures.mae ?? NaN,
      p10_p90_coverage: model.measures.coverage,
      pinball_days: model.measures.pinball,
      baseline_pinball_days: baseline?.measures.pinball ?? NaN,
      bias_days: model.measures.bias,
      ...rows,
    });
  }
  const [model, ...others] = card.events?.validation ?? [];
  const baseline = others.find(({ name }) => name === card.baseline.name);
  return finite({
    auc: model?.measures.auc ?? NaN,
    brier: model?.measures.brier ?? NaN,
    baseline_brier: baseline?.measures.brier ?? NaN,
    ...rows,
  });
}

/** What could not be measured is left out: JSON has no word for it. */
function finite(values: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => Number.isFinite(value))
      .map(([name, value]) => [name, Number(value.toFixed(4))]),
  );
}

/** Figures as they were stored, in the order of lists. */
export function inListedOrder(stored: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(LISTED.flatMap((name) => (name in stored ? [[name, stored[name]]] : [])));
}
