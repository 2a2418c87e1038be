import type { DriveFigures } from './drive';
import type { Endpoint } from './endpoints';

export interface EndpointFigures {
  endpoint: Endpoint;
  path: string;
  bytes: number;
  statements: number;
  /** median time of the captured statements, one after the other on an idle machine */
  sqlMs: number;
  bare: DriveFigures;
  cacheOff: DriveFigures;
  cacheOn: DriveFigures;
}

/** A p95 with the cache off may take this share of the SLO. */
export const SLO_SHARE = 1 / 5;
/** The bare handler's requests per second over the product's, the cache off, at most. */
export const MAX_OVERHEAD = 1.5;
/** Requests per second with the cache over those without, at least, where the statements take longer than EXPENSIVE_MS. */
export const MIN_CACHE_GAIN = 10;
export const EXPENSIVE_MS = 5;

export interface Judgement {
  overhead: number;
  cacheGain: number;
  isQuick: boolean;
  isLean: boolean;
  /** undefined where the statements are cheap: there the cache has nothing to save */
  isCacheWorth: boolean | undefined;
}

type Judged = Pick<EndpointFigures, 'endpoint' | 'sqlMs' | 'bare' | 'cacheOff' | 'cacheOn'>;

export function judge({ endpoint, sqlMs, bare, cacheOff, cacheOn }: Judged): Judgement {
  const overhead = bare.requestsPerSecond / cacheOff.requestsPerSecond;
  const cacheGain = cacheOn.requestsPerSecond / cacheOff.requestsPerSecond;
  return {
    overhead,
    cacheGain,
    isQuick: cacheOff.p95 < endpoint.sloMs * SLO_SHARE,
    isLean: overhead <= MAX_OVERHEAD,
    isCacheWorth: sqlMs > EXPENSIVE_MS ? cacheGain >= MIN_CACHE_GAIN : undefined,
  };
}

/** `reached`, or what of it was missed. */
export function verdictOf({ isQuick, isLean, isCacheWorth }: Judgement): string {
  const missed = [!isQuick && 'p95', !isLean && 'overhead', isCacheWorth === false && 'cache'].filter(Boolean);
  return missed.length === 0 ? 'reached' : `MISSED: ${missed.join(', ')}`;
}
