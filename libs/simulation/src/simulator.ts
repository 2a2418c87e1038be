import { DispatchQueues } from './dispatch-queues';
import { ARRIVAL, COMPLETION, EventCalendar, OPENING } from './event-calendar';
import { type Instance, UNLIMITED } from './instance';
import { fillKeys, isRule, RULES } from './rules';
import type { SimulationOptions, SimulationRun } from './simulation-run';
import { SimulationError } from './simulation-error';
import { finishOf, intervalAt, NEVER, ROUNDING } from './working-calendar';

/**
 * Runs an instance as often as wanted, in the same working memory. One moment goes like this: all completions, then
 * arrivals, then openings; then every resource on which something changed serves as many waiting jobs as it has free
 * servers, in the order of the rule, the lowest job number first among equals; again, while operations without duration
 * make further events of the same moment. A server never stays idle while a job waits (non-delay).
 */
export class Simulator {
  private readonly events: EventCalendar;
  private readonly queues: DispatchQueues;
  private readonly keys: Float64Array;
  /** By job: its operation that waits or is in process. */
  private readonly current: Int32Array;
  private readonly busy: Int32Array;
  /** By resource: where its calendar stands. */
  private readonly interval: Int32Array;
  /** By resource: when it is to be looked at again; NaN: not asked for. */
  private readonly wakeAt: Float64Array;
  private readonly changed: Int32Array;
  private readonly isChanged: Uint8Array;
  private changedCount = 0;
  private nextArrival = 0;
  private dispatchCount = 0;

  private durations: Float64Array;
  private isFifo = false;
  private start = new Float64Array(0);
  private end = new Float64Array(0);
  private completion = new Float64Array(0);
  private dispatched = new Int32Array(0);

  constructor(readonly instance: Instance) {
    const { jobCount, operationCount, resourceCount, operationResource } = instance;
    const room = new Int32Array(resourceCount);
    for (let operation = 0; operation < operationCount; operation += 1) room[operationResource[operation]] += 1;
    this.events = new EventCalendar(jobCount + resourceCount + 1);
    this.queues = new DispatchQueues(room);
    this.keys = new Float64Array(operationCount);
    this.current = new Int32Array(jobCount);
    this.busy = new Int32Array(resourceCount);
    this.interval = new Int32Array(resourceCount);
    this.wakeAt = new Float64Array(resourceCount);
    this.changed = new Int32Array(resourceCount);
    this.isChanged = new Uint8Array(resourceCount);
    this.durations = instance.duration;
  }

  /** @throws SimulationError when an option is none of those allowed */
  run(options: SimulationOptions): SimulationRun {
    const { instance } = this;
    const { rule, seed = 0, durations = instance.duration, remaining = instance.inProcessRemaining } = options;
    check(instance, options);
    this.reset(durations);
    this.isFifo = rule === 'FIFO';
    fillKeys(this.keys, instance, durations, rule, seed);
    this.takeOver(remaining);
    const events = this.loop(options.until ?? Infinity);
    const { start, end, completion } = this;
    let last = instance.start;
    let unfinished = 0;
    for (let job = 0; job < instance.jobCount; job += 1) {
      if (Number.isNaN(completion[job])) unfinished += 1;
      else if (completion[job] > last) last = completion[job];
    }
    const dispatched =
      this.dispatchCount === this.dispatched.length ? this.dispatched : this.dispatched.slice(0, this.dispatchCount);
    return {
      instance,
      rule,
      seed,
      durations,
      start,
      end,
      completion,
      dispatched,
      makespan: last - instance.start,
      unfinished,
      events,
    };
  }

  private reset(durations: Float64Array): void {
    const { jobCount, operationCount } = this.instance;
    this.events.clear();
    this.queues.clear();
    this.busy.fill(0);
    this.interval.fill(0);
    this.wakeAt.fill(NaN);
    this.isChanged.fill(0);
    this.changedCount = 0;
    this.nextArrival = 0;
    this.dispatchCount = 0;
    this.durations = durations;
    // New in each run: they are its result.
    this.start = new Float64Array(operationCount).fill(NaN);
    this.end = new Float64Array(operationCount).fill(NaN);
    this.completion = new Float64Array(jobCount).fill(NaN);
    this.dispatched = new Int32Array(operationCount);
  }

  /** What is in process at the start, and the first arrival. */
  private takeOver(remaining: Float64Array): void {
    const { instance, events } = this;
    const { jobCount, jobFirst, inProcessSince, operationResource, start } = instance;
    for (let job = 0; job < jobCount; job += 1) {
      const operation = jobFirst[job];
      this.current[job] = operation;
      if (!(inProcessSince[job] <= start)) continue;
      const resource = operationResource[operation];
      this.start[operation] = inProcessSince[job];
      this.busy[resource] += 1;
      const finish = this.finish(resource, start, remaining[job]);
      if (finish !== NEVER) events.push(finish, COMPLETION, job);
    }
    this.scheduleArrival();
  }

  private loop(until: number): number {
    const { events, instance } = this;
    let count = 0;
    while (events.size > 0) {
      const now = events.nextTime();
      if (now > until) break;
      do {
        events.pop();
        count += 1;
        const { kind, subject } = events;
        if (kind === COMPLETION) this.complete(subject, now);
        else if (kind === ARRIVAL) {
          this.scheduleArrival();
          const queuedSince = instance.queuedSince[subject];
          this.arrive(subject, now, queuedSince < now ? queuedSince : now);
        } else this.touch(subject);
      } while (events.size > 0 && events.nextTime() === now);
      this.dispatchChanged(now);
    }
    return count;
  }

  /** One arrival waits in the calendar at a time; those before the start arrive at the start. */
  private scheduleArrival(): void {
    const { arrivals, jobCount, release, start, inProcessSince } = this.instance;
    while (this.nextArrival < jobCount) {
      const job = arrivals[this.nextArrival++];
      if (inProcessSince[job] <= start) continue;
      this.events.push(release[job] > start ? release[job] : start, ARRIVAL, job);
      return;
    }
  }

  private complete(job: number, now: number): void {
    const operation = this.current[job];
    const resource = this.instance.operationResource[operation];
    this.end[operation] = now;
    this.busy[resource] -= 1;
    this.touch(resource);
    this.current[job] = operation + 1;
    this.arrive(job, now, now);
  }

  /** A job stands before its current operation, or has none left. */
  private arrive(job: number, now: number, since: number): void {
    const { jobFirst, operationResource, capacity, calendarOf } = this.instance;
    const last = jobFirst[job + 1];
    for (let operation = this.current[job]; operation < last; operation += 1) {
      this.current[job] = operation;
      const resource = operationResource[operation];
      if (capacity[resource] !== UNLIMITED || calendarOf[resource] >= 0) {
        this.queues.push(resource, this.isFifo ? this.keys[operation] + since : this.keys[operation], job);
        this.touch(resource);
        return;
      }
      // Nobody waits there, so nothing is to be chosen.
      this.record(operation, now);
      const finish = this.finish(resource, now, this.durations[operation]);
      if (finish > now) {
        this.busy[resource] += 1;
        this.events.push(finish, COMPLETION, job);
        return;
      }
      this.end[operation] = now;
    }
    this.completion[job] = now;
  }

  private touch(resource: number): void {
    if (this.isChanged[resource] !== 0) return;
    this.isChanged[resource] = 1;
    this.changed[this.changedCount++] = resource;
  }

  private dispatchChanged(now: number): void {
    const { changed, isChanged, queues } = this;
    const count = this.changedCount;
    this.changedCount = 0;
    for (let i = 0; i < count; i += 1) {
      const resource = changed[i];
      isChanged[resource] = 0;
      if (queues.size[resource] > 0) this.dispatch(resource, now);
    }
  }

  private dispatch(resource: number, now: number): void {
    const { queues, busy, current, durations, events } = this;
    const servers = this.openServers(resource, now);
    while (queues.size[resource] > 0 && busy[resource] < servers) {
      const job = queues.pop(resource);
      const operation = current[job];
      this.record(operation, now);
      busy[resource] += 1;
      const finish = this.finish(resource, now, durations[operation]);
      if (finish !== NEVER) events.push(finish, COMPLETION, job);
    }
    if (queues.size[resource] > 0) this.wakeLater(resource, now);
  }

  private record(operation: number, now: number): void {
    this.start[operation] = now;
    this.dispatched[this.dispatchCount++] = operation;
  }

  private openServers(resource: number, now: number): number {
    const { calendarOf, calendars, capacity } = this.instance;
    if (calendarOf[resource] < 0) return capacity[resource];
    const calendar = calendars[calendarOf[resource]];
    const at = intervalAt(calendar, this.interval[resource], now);
    this.interval[resource] = at;
    if (at >= calendar.count || calendar.from[at] > now) return 0;
    return calendar.capacity[at] < 0 ? capacity[resource] : calendar.capacity[at];
  }

  /** Jobs wait: the next opening is when that may change, beside the completions. */
  private wakeLater(resource: number, now: number): void {
    const { calendarOf, calendars } = this.instance;
    if (calendarOf[resource] < 0) return;
    const calendar = calendars[calendarOf[resource]];
    let at = this.interval[resource];
    if (at < calendar.count && calendar.from[at] <= now) {
      if (!calendar.variesCapacity) return;
      at += 1;
    }
    if (at >= calendar.count || this.wakeAt[resource] === calendar.from[at]) return;
    this.wakeAt[resource] = calendar.from[at];
    this.events.push(calendar.from[at], OPENING, resource);
  }

  private finish(resource: number, now: number, work: number): number {
    const { calendarOf, calendars, speed } = this.instance;
    const isPlanned = speed[resource] === 1;
    const atSpeed = isPlanned ? work : work / speed[resource];
    if (calendarOf[resource] < 0) return now + (isPlanned ? work : Math.ceil(atSpeed - ROUNDING));
    const calendar = calendars[calendarOf[resource]];
    this.interval[resource] = intervalAt(calendar, this.interval[resource], now);
    return finishOf(calendar, this.interval[resource], now, atSpeed);
  }
}

function check({ operationCount, jobCount }: Instance, options: SimulationOptions): void {
  const { rule, seed = 0, durations, remaining, until = 0 } = options;
  if (!isRule(rule)) throw input(`There is no rule ${String(rule)}.`, 'rule', `Give one of ${RULES.join(', ')}.`);
  if (!Number.isSafeInteger(seed)) throw input(`${seed} is no whole number.`, 'seed', 'Give a whole number.');
  if (Number.isNaN(until)) throw input('It is no moment.', 'until', 'Give a number, or leave it out.');
  if (durations !== undefined && durations.length !== operationCount) {
    throw input(`There are ${durations.length} durations.`, 'durations', `Give ${operationCount}, one an operation.`);
  }
  if (remaining !== undefined && remaining.length !== jobCount) {
    throw input(`There are ${remaining.length}.`, 'remaining', `Give ${jobCount}, one a job.`);
  }
}

function input(message: string, place: string, remedy: string): SimulationError {
  return new SimulationError('SIMULATION_INPUT', message, place, remedy);
}

/** One run; a Simulator of one's own saves the working memory where there are many. */
export function simulate(instance: Instance, options: SimulationOptions): SimulationRun {
  return new Simulator(instance).run(options);
}
