import type { CalibratedForecast, HistoryOrder } from '@libs/forecast';
import { answerRemaining, ArtefactError, decodeArtefact, LOOK_FEATURES, SplitNormal } from '@libs/learning';

const DAY = 86_400;

/** The file of a trained model, or why there is none to read. */
export interface RemainingModel {
  readonly version: number;
  readonly text?: string;
  readonly damage?: string;
}

/** What the ETAs of a load are made with, and why. */
export interface EtaChoice {
  readonly method: 'comparable_orders' | 'model';
  readonly reason: string;
  /** What kept the trained model from it; null where none did, or where there is no model. */
  readonly problem: string | null;
}

/** When an order will be finished, seconds from the moment of the forecast. */
export interface Eta {
  readonly p50: number;
  readonly p80: number;
  /** The probability that it takes longer than some seconds. */
  probabilityAfter(seconds: number): number;
}

export interface ChosenEtas {
  readonly choice: EtaChoice;
  /** The ETA of an order, given that of comparable orders. */
  readonly etaOf: (order: number, forecast: CalibratedForecast) => Eta;
}

/**
 * ETAs by the trained model of remaining times, where one may answer and has lately been no worse than comparable orders;
 * by these otherwise.
 *
 * @param now seconds since 1970
 */
export function chooseEtas(
  model: RemainingModel | undefined,
  orders: readonly HistoryOrder[],
  now: number,
  dormantSeconds: number,
): ChosenEtas {
  const comparable = (reason: string, problem: string | null): ChosenEtas => ({
    choice: { method: 'comparable_orders', reason, problem },
    etaOf: (_, { p50, p80, remaining }) => ({
      p50,
      p80,
      probabilityAfter: (seconds) => remaining.probabilityAfter(seconds),
    }),
  });
  if (model === undefined) return comparable('No trained model of remaining times has beaten it yet.', null);
  try {
    const { version, text, damage } = model;
    if (text === undefined) throw new ArtefactError(damage ?? 'it has no file');
    const artefact = decodeArtefact(
      text,
      LOOK_FEATURES.map(({ name }) => name),
    );
    const { lately, answers } = answerRemaining(artefact, orders, now, dormantSeconds);
    if (!lately.wins) return comparable(`Model remaining-${version} is not used: ${lately.reason}.`, lately.reason);
    return {
      choice: {
        method: 'model',
        reason: `Model remaining-${version} beat comparable orders on its validation period and since: ${lately.reason}.`,
        problem: null,
      },
      etaOf: (order, forecast) => {
        const quantiles = answers.get(order);
        // Both look at the same orders at the same moment, so that each has an answer of both.
        if (quantiles === undefined) return comparable('', null).etaOf(order, forecast);
        const spread = new SplitNormal(quantiles);
        return {
          p50: quantiles.p50 * DAY,
          p80: spread.p80 * DAY,
          probabilityAfter: (seconds) => spread.probabilityAfter(seconds / DAY),
        };
      },
    };
  } catch (error) {
    if (!(error instanceof ArtefactError)) throw error;
    return comparable(`Model remaining-${model.version} is not used: ${error.message}.`, error.message);
  }
}
