import type { GateDto } from './dto/gates.dto';

/** A model that may answer, and what keeps it from it. */
export interface ModelState {
  model_name: string;
  version: number;
  serving_problem: string | null;
}

/** Gates of learned predictions. A closed one still answers, by the baseline. */
const GATED_MODELS: Readonly<Record<string, string>> = {
  'ml.leadtime': 'leadtime',
  'ml.risk': 'risk',
  'ml.remaining': 'remaining',
};

/** The gates by name. */
export function modelGatesOf(states: readonly ModelState[]): Record<string, GateDto> {
  return Object.fromEntries(
    Object.entries(GATED_MODELS).map(([feature, model]) => [
      feature,
      gateOf(
        feature,
        states.find(({ model_name }) => model_name === model),
      ),
    ]),
  );
}

function gateOf(feature: string, state: ModelState | undefined): GateDto {
  if (state !== undefined && state.serving_problem === null)
    return { feature, enabled: true, status: 'ON', degraded: false };
  const reason =
    state === undefined
      ? 'No trained model has beaten the baseline yet; the baseline answers.'
      : `Model ${state.model_name}-${state.version} does not answer: ${state.serving_problem}; the baseline does.`;
  return {
    feature,
    enabled: false,
    reason,
    suggestion: `Train it anew: POST /api/ml/train/${feature.slice('ml.'.length)}.`,
  };
}
