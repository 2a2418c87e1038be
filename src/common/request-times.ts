import { Injectable } from '@nestjs/common';

/** How many of the latest requests of a route its percentile is of. */
const KEPT = 1000;

/** The latest durations of one route, in the order they came in and in the order of their size. */
class LatestTimes {
  private readonly ring = new Float64Array(KEPT);
  private readonly sorted = new Float64Array(KEPT);
  private next = 0;
  count = 0;

  /** Puts a duration in its place among the sorted ones: a thousand numbers are moved in less time than one is awaited. */
  add(milliseconds: number): void {
    if (this.count === KEPT) this.forget(this.ring[this.next]);
    const place = this.placeOf(milliseconds);
    this.sorted.copyWithin(place + 1, place, this.count);
    this.sorted[place] = milliseconds;
    this.count += 1;
    this.ring[this.next] = milliseconds;
    this.next = (this.next + 1) % KEPT;
  }

  /** The continuous percentile, 0..1. */
  percentile(share: number): number {
    const place = share * (this.count - 1);
    const below = this.sorted[Math.floor(place)];
    const above = this.sorted[Math.ceil(place)];
    return below + (above - below) * (place - Math.floor(place));
  }

  private forget(milliseconds: number): void {
    const place = this.placeOf(milliseconds);
    this.sorted.copyWithin(place, place + 1, this.count);
    this.count -= 1;
  }

  /** The first place whose duration is not below. */
  private placeOf(milliseconds: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle] < milliseconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The durations of the latest requests, route by route, in milliseconds. Bounded: a thousand numbers a route. */
@Injectable()
export class RequestTimes {
  private readonly routes = new Map<string, LatestTimes>();

  add(route: string, milliseconds: number): void {
    let times = this.routes.get(route);
    if (times === undefined) this.routes.set(route, (times = new LatestTimes()));
    times.add(milliseconds);
  }

  /**
   * The 95th percentile (continuous) over the latest requests of a route.
   * @returns undefined while none was answered
   */
  p95(route: string): { milliseconds: number; requests: number } | undefined {
    const times = this.routes.get(route);
    return times && { milliseconds: times.percentile(0.95), requests: times.count };
  }
}
