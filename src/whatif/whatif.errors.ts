import { NOT_SUPPORTED, NotSupportedError } from '../common/not-supported';

/** Nothing is loaded that a scenario could start from. */
export function nothingToSimulate(): NotSupportedError {
  return new NotSupportedError({
    status: NOT_SUPPORTED,
    detail: 'No scenario can be simulated.',
    reason: 'No workbook with a recorded event has been loaded: there is no factory to start from.',
    counts: { orders: 0 },
    suggestion: 'Load a workbook: npm run cli -- ingest FILE.',
  });
}
