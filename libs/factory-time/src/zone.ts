/** Seconds in a week: zone rules never change twice within one. */
const WEEK = 7 * 86_400;
const FIRST = Date.UTC(1940, 0, 1) / 1000;
const LAST = Date.UTC(2101, 0, 1) / 1000;
/** What is worked out at once, when the first time that falls into it is asked for: all 161 years cost some 60 ms. */
const SPAN = 208 * WEEK;
const DAY = 86_400;
/** Days whose text is remembered: ten years of them. */
const REMEMBERED_DAYS = 4096;
/** 00 to 59. */
const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => two(value));

export interface FactoryZone {
  readonly name: string;
  /**
   * The instant, in seconds since the epoch, of a wall-clock time given as seconds since 1970-01-01T00:00:00 without
   * zone. An hour that occurs twice means the earlier one; an hour that is skipped moves forward by what was skipped.
   */
  toInstant(wallSeconds: number): number;
  /** The wall-clock seconds (see toInstant) of an instant in seconds since the epoch. */
  toWall(epochSeconds: number): number;
  /** ISO 8601 with the zone's offset, to the second: 2025-07-01T08:30:00+01:00. */
  formatIso(epochMs: number): string;
  /** The calendar day of an instant: 2025-07-01. */
  dayOf(epochMs: number): string;
  /** The instant, in milliseconds, at which a calendar day (2025-07-01) begins. */
  startOfDay(isoDay: string): number;
}

const zones = new Map<string, FactoryZone>();

/**
 * The rules of one IANA time zone as tables of offset changes between 1940 and 2100, so that a million conversions
 * cost a comparison each instead of a formatter call. Outside those years the nearest offset holds.
 *
 * @throws RangeError when the runtime does not know the zone
 */
export function factoryZone(name: string): FactoryZone {
  const known = zones.get(name);
  if (known) return known;
  const zone = buildZone(name);
  zones.set(name, zone);
  return zone;
}

function buildZone(name: string): FactoryZone {
  const offsetAt = offsetReader(name);
  const spans: (Span | undefined)[] = [];
  const spanOf = (seconds: number): Span => {
    const index = Math.floor((Math.min(Math.max(seconds, FIRST), LAST - 1) - FIRST) / SPAN);
    return (spans[index] ??= buildSpan(FIRST + index * SPAN, offsetAt));
  };
  const toInstant = (wall: number): number => wall - spanOf(wall).walls.offsetAt(wall);
  const toWall = (instant: number): number => instant + spanOf(instant).instants.offsetAt(instant);
  const suffixOf = suffixWriter();
  const dayText = dayWriter();
  return {
    name,
    toInstant,
    toWall,
    formatIso(epochMs) {
      const instant = Math.floor(epochMs / 1000);
      const wall = toWall(instant);
      const day = Math.floor(wall / DAY);
      const seconds = wall - day * DAY;
      const hour = TWO_DIGITS[Math.floor(seconds / 3600)];
      const minute = TWO_DIGITS[Math.floor(seconds / 60) % 60];
      return `${dayText(day)}T${hour}:${minute}:${TWO_DIGITS[seconds % 60]}${suffixOf(wall - instant)}`;
    },
    dayOf: (epochMs) => dayText(Math.floor(toWall(Math.floor(epochMs / 1000)) / DAY)),
    startOfDay(isoDay) {
      const wall = Date.parse(`${isoDay}T00:00:00Z`) / 1000;
      if (!Number.isFinite(wall)) throw new RangeError(`not a calendar day: ${isoDay}`);
      return toInstant(wall) * 1000;
    },
  };
}

/** The offsets of some years, by instant and by wall-clock time. */
interface Span {
  readonly instants: OffsetTable;
  readonly walls: OffsetTable;
}

/** A week more on either side, so that a wall-clock time finds its instant's change, which may lie beyond the edge. */
function buildSpan(start: number, offsetAt: (at: number) => number): Span {
  const from = Math.max(FIRST, start - WEEK);
  const to = Math.min(LAST, start + SPAN + WEEK);
  const starts = [Number.NEGATIVE_INFINITY];
  const offsets = [offsetAt(from)];
  for (let at = from; at < to; at += WEEK) {
    const before = offsets[offsets.length - 1];
    const after = offsetAt(at + WEEK);
    if (after === before) continue;
    starts.push(firstInstantWith(after, at, at + WEEK, offsetAt));
    offsets.push(after);
  }
  // In wall-clock time a change takes effect at the later of its two readings: this one rule makes the repeated hour
  // the earlier one and moves the skipped hour forward.
  const wallStarts = starts.map((at, i) => (i === 0 ? at : at + Math.max(offsets[i - 1], offsets[i])));
  return { instants: new OffsetTable(starts, offsets), walls: new OffsetTable(wallStarts, offsets) };
}

class OffsetTable {
  /** Where the last time was found: the next one is mostly there too. */
  private hint = 0;

  constructor(
    private readonly starts: readonly number[],
    private readonly offsets: readonly number[],
  ) {}

  offsetAt(seconds: number): number {
    const { starts, hint } = this;
    if (!(seconds >= starts[hint] && (hint + 1 === starts.length || seconds < starts[hint + 1]))) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle] <= seconds) low = middle;
        else high = middle - 1;
      }
      this.hint = low;
    }
    return this.offsets[this.hint];
  }
}

/** +01:00. */
function offsetText(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Writes offsets; a zone has a handful of them. */
function suffixWriter(): (seconds: number) => string {
  const written = new Map<number, string>();
  return (seconds) => {
    const known = written.get(seconds);
    if (known !== undefined) return known;
    const text = offsetText(seconds);
    written.set(seconds, text);
    return text;
  };
}

/** Writes days since 1970 as 2025-07-01. An answer holds hundreds of times and few days, of which each is written once. */
function dayWriter(): (day: number) => string {
  const written = new Map<number, string>();
  return (day) => {
    const known = written.get(day);
    if (known !== undefined) return known;
    const text = new Date(day * DAY * 1000).toISOString().slice(0, 10);
    if (written.size === REMEMBERED_DAYS) written.clear();
    written.set(day, text);
    return text;
  };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function firstInstantWith(offset: number, low: number, high: number, offsetAt: (at: number) => number): number {
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

function offsetReader(name: string): (epochSeconds: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (epochSeconds) => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(epochSeconds * 1000)) part[type] = Number(value);
    const wall = Date.UTC(part['year'], part['month'] - 1, part['day'], part['hour'], part['minute'], part['second']);
    return wall / 1000 - epochSeconds;
  };
}
