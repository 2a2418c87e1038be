import type { TaskCard } from '../training/train-task';

/** The figures of a version that lists show: the first three are what a page has room for. */
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
