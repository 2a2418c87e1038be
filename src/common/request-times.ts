import { Injectable } from '@nestjs/common';

/** How many of the latest requests of a route its percentile is of. */
const KEPT = 1000;

/** The durations of the latest requests, route by route, in milliseconds. Bounded: a thousand numbers a route. */
@Injectable()
export class RequestTimes {
  private readonly routes = new Map<string, { latest: number[]; next: number; total: number }>();

  add(route: string, milliseconds: number): void {
    const times = this.routes.get(route) ?? { latest: [], next: 0, total: 0 };
    this.routes.set(route, times);
    times.latest[times.next] = milliseconds;
    times.next = (times.next + 1) % KEPT;
    times.total += 1;
  }

  /**
   * The 95th percentile (continuous) over the latest requests of the routes together.
   * @returns undefined while none was answered
   */
  p95(routes: readonly string[]): { milliseconds: number; requests: number } | undefined {
    const sorted = routes.flatMap((route) => this.routes.get(route)?.latest ?? []).sort((a, b) => a - b);
    if (sorted.length === 0) return undefined;
    const place = 0.95 * (sorted.length - 1);
    const below = sorted[Math.floor(place)];
    const above = sorted[Math.ceil(place)];
    return { milliseconds: below + (above - below) * (place - Math.floor(place)), requests: sorted.length };
  }
}
