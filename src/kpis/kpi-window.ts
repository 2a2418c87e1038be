import { InvalidRequestError } from '../common/domain-error';
import type { FactoryTime } from '../common/factory-time';
import { daysBefore, DEFAULT_WINDOW_DAYS } from '../published/figures/figures';
import { freshness } from '../published/freshness';
import type { PublishedVersion } from '../published/published-data';
import type { KpiQuery } from './dto/kpi.query';
import type { WindowDto } from './dto/kpis.dto';

/** A window [from, to). */
export interface KpiWindow {
  from: Date;
  to: Date;
  /** Neither end was asked for. */
  isDefault: boolean;
}

/**
 * The window a request asks for. Without `to` it ends at as_of, or at `from` where that is later: nothing was finished
 * since. Undefined when the data hold no event to end at.
 *
 * @throws InvalidRequestError when from is after to
 */
export function windowOf(
  request: KpiQuery,
  published: PublishedVersion | undefined,
  time: FactoryTime,
  factoryTz: string,
): KpiWindow | undefined {
  const from = request.from === undefined ? undefined : time.parse(request.from);
  const to = request.to === undefined ? undefined : time.parse(request.to);
  if (from && to && from > to) {
    throw new InvalidRequestError(`from is '${request.from}': it must not be after to, '${request.to}'.`);
  }
  const asOf = published?.asOf ?? undefined;
  if (asOf === undefined) return undefined;
  const end = to ?? (from !== undefined && from > asOf ? from : asOf);
  return {
    from: from ?? daysBefore(end, DEFAULT_WINDOW_DAYS, factoryTz),
    to: end,
    isDefault: from === undefined && to === undefined,
  };
}

/** What every answer says of its window and its data. */
export function windowFields(
  window: KpiWindow | undefined,
  published: PublishedVersion | undefined,
  time: FactoryTime,
): WindowDto {
  return {
    ...(window && { from_date: time.iso(window.from), to_date: time.iso(window.to) }),
    ...freshness(published, time),
  };
}
