import { InvalidRequestError } from './domain-error';
import type { FactoryTime } from './factory-time';

/** Instants from <= t < to; a bound that is absent leaves that side open. */
export interface TimeWindow {
  from?: Date;
  to?: Date;
}

/**
 * The window of a request's from and to, which were validated as moments.
 * @throws InvalidRequestError when from is after to
 */
export function timeWindow(time: FactoryTime, from: string | undefined, to: string | undefined): TimeWindow {
  const window: TimeWindow = {};
  if (from !== undefined) window.from = time.parse(from);
  if (to !== undefined) window.to = time.parse(to);
  if (window.from && window.to && window.from > window.to) {
    throw new InvalidRequestError(`from is '${from}': it must not be after to, '${to}'.`);
  }
  return window;
}

/**
 * The value of a filter that has two names.
 * @throws InvalidRequestError when both are given and differ
 */
export function filterOfTwoNames(filter: Readonly<Record<string, number | undefined>>): number | undefined {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const [first, second] = given;
  if (second !== undefined && first[1] !== second[1]) {
    throw new InvalidRequestError(
      `${first[0]} is ${first[1]} and ${second[0]} is ${second[1]}: they are two names of one filter, give one.`,
    );
  }
  return first?.[1];
}
