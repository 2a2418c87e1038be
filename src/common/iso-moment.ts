import type { FactoryZone } from '@libs/factory-time';

// A blank may stand for the offset's plus sign: that is what an unencoded + in a query string arrives as.
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(Z|[+ -]\d{2}:?\d{2})?)?$/i;

interface Moment {
  /** Seconds since 1970-01-01T00:00:00 of the written date and time, zone left aside. */
  wallSeconds: number;
  /** Seconds east of UTC when the text says so; without, it is factory time. */
  offsetSeconds?: number;
}

function parse(text: string): Moment | undefined {
  const parts = MOMENT.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(wallMs);
  // Date.UTC turns February 30 into March 2 and years below 100 into 1900 and after: what does not read back is no date.
  const same =
    back.getUTCFullYear() === year &&
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!same) return undefined;
  const offsetSeconds = parts[7] === undefined ? undefined : offset(parts[7]);
  if (Number.isNaN(offsetSeconds)) return undefined;
  return { wallSeconds: wallMs / 1000, offsetSeconds };
}

/** Seconds east of UTC, NaN beyond the 14 hours that any zone has. */
function offset(text: string): number {
  if (text.toUpperCase() === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(-2));
  const size = hours * 3600 + minutes * 60;
  if (minutes > 59 || size > 14 * 3600) return Number.NaN;
  return text.startsWith('-') ? -size : size;
}

/** Whether the text is an ISO date or date-time that exists. Fractions of a second are read over. */
export function isIsoMoment(value: unknown): value is string {
  return typeof value === 'string' && parse(value) !== undefined;
}

/**
 * The instant of an ISO date (its first moment in the factory) or date-time (factory time unless it has Z or an offset).
 * @throws RangeError when isIsoMoment is false for the text
 */
export function instantOf(text: string, zone: FactoryZone): Date {
  const moment = parse(text);
  if (moment === undefined) throw new RangeError(`not an ISO date or date-time: ${text}`);
  const { wallSeconds, offsetSeconds } = moment;
  const epochSeconds = offsetSeconds === undefined ? zone.toInstant(wallSeconds) : wallSeconds - offsetSeconds;
  return new Date(epochSeconds * 1000);
}
