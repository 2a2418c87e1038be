import { type Instance, type InstanceSpec, type JobSpec, type ResourceSpec, UNLIMITED } from './instance';
import { SimulationError } from './simulation-error';
import { type CompiledCalendar, compileCalendar, workBetween } from './working-calendar';

/** Classes are told apart in the keys of the queues up to here. */
const MOST_CLASS = 1000;

/**
 * Checks a specification and flattens it.
 *
 * @throws SimulationError naming the first field that cannot be simulated
 */
export function buildInstance(spec: InstanceSpec): Instance {
  const start = whole(spec.start ?? 0, 'start');
  const { jobs, resources } = spec;
  const jobCount = jobs.length;
  const operationCount = jobs.reduce((sum, { operations }) => sum + operations.length, 0);
  const calendars = new Calendars(jobs.reduce((least, job) => Math.min(least, job.inProcess?.since ?? start), start));
  const instance = {
    start,
    jobCount,
    operationCount,
    resourceCount: resources.length,
    jobFirst: new Int32Array(jobCount + 1),
    release: Float64Array.from(jobs, ({ release = 0 }, j) => whole(release, `jobs[${j}].release`)),
    queuedSince: Float64Array.from(jobs, (job, j) =>
      whole(job.queuedSince ?? job.release ?? 0, `jobs[${j}].queuedSince`),
    ),
    due: Float64Array.from(jobs, ({ due }, j) => dueOf(due, `jobs[${j}].due`)),
    weight: Float64Array.from(jobs, ({ weight = 1 }, j) => atLeastZero(weight, `jobs[${j}].weight`)),
    priorityClass: Int32Array.from(jobs, ({ priorityClass = 0 }, j) => classOf(priorityClass, j)),
    inProcessSince: new Float64Array(jobCount).fill(NaN),
    inProcessRemaining: new Float64Array(jobCount).fill(NaN),
    arrivals: Int32Array.from(jobs.keys()),
    operationJob: new Int32Array(operationCount),
    operationResource: new Int32Array(operationCount),
    duration: new Float64Array(operationCount),
    capacity: Int32Array.from(resources, ({ capacity }, r) => capacityOf(capacity, r)),
    speed: Float64Array.from(resources, ({ speed = 1 }, r) => speedOf(speed, r)),
    calendarOf: Int32Array.from(resources, (resource, r) => calendars.positionOf(resource, `resources[${r}]`)),
    calendars: calendars.compiled,
  };
  const { release } = instance;
  instance.arrivals.sort((a, b) => release[a] - release[b] || a - b);
  let operation = 0;
  jobs.forEach((job, j) => {
    instance.jobFirst[j] = operation;
    job.operations.forEach(({ resource, duration }, k) => {
      const place = `jobs[${j}].operations[${k}]`;
      if (!Number.isInteger(resource) || resource < 0 || resource >= resources.length) {
        const remedy = `Give a position from 0 to ${resources.length - 1}.`;
        throw input(`There is no resource ${resource}.`, `${place}.resource`, remedy);
      }
      instance.operationJob[operation] = j;
      instance.operationResource[operation] = resource;
      instance.duration[operation] = atLeastZero(whole(duration, `${place}.duration`), `${place}.duration`);
      operation += 1;
    });
  });
  instance.jobFirst[jobCount] = operation;
  jobs.forEach((job, j) => putInProcess(instance, job, j));
  return instance;
}

function putInProcess(instance: Instance, job: JobSpec, j: number): void {
  if (job.inProcess === undefined) return;
  const { since, remaining } = job.inProcess;
  const place = `jobs[${j}].inProcess`;
  if (job.operations.length === 0) throw input('A job without operations is in process.', place, 'Give it one.');
  if (!(whole(since, `${place}.since`) <= instance.start)) {
    throw input(`It is in process since ${since}, after the start.`, `${place}.since`, `At most ${instance.start}.`);
  }
  instance.inProcessSince[j] = since;
  instance.inProcessRemaining[j] =
    remaining === undefined
      ? Math.max(0, instance.duration[instance.jobFirst[j]] - workDone(instance, j, since))
      : atLeastZero(whole(remaining, `${place}.remaining`), `${place}.remaining`);
}

function workDone(
  { start, jobFirst, operationResource, calendarOf, calendars, speed }: Instance,
  j: number,
  since: number,
): number {
  const resource = operationResource[jobFirst[j]];
  const calendar = calendarOf[resource];
  const time = calendar < 0 ? start - since : workBetween(calendars[calendar], since, start);
  return Math.floor(time * speed[resource]);
}

/** Compiles what several resources share once. */
class Calendars {
  readonly compiled: CompiledCalendar[] = [];
  private readonly known = new Map<unknown, Map<unknown, number>>();

  constructor(private readonly since: number) {}

  positionOf({ calendar, unavailable = NONE }: ResourceSpec, place: string): number {
    if (calendar === undefined && unavailable.length === 0) return -1;
    const windows = unavailable.length === 0 ? NONE : unavailable;
    const known = this.known.get(calendar)?.get(windows);
    if (known !== undefined) return known;
    const position = this.compiled.push(compileCalendar(calendar, windows, this.since, place)) - 1;
    if (!this.known.has(calendar)) this.known.set(calendar, new Map());
    this.known.get(calendar)!.set(windows, position);
    return position;
  }
}

const NONE: NonNullable<ResourceSpec['unavailable']> = [];

function whole(value: number, place: string): number {
  if (Number.isSafeInteger(value)) return value;
  throw input(`${value} is no whole number within ±2^53.`, place, 'Give whole numbers of a smaller unit.');
}

function atLeastZero(value: number, place: string): number {
  if (value >= 0 && value < Infinity) return value;
  throw input(`${value} is not 0 or more.`, place, 'Give 0 or more.');
}

function dueOf(due: number | null | undefined, place: string): number {
  if (due === null || due === undefined) return Infinity;
  if (Number.isFinite(due)) return due;
  throw input(`${due} is no moment.`, place, 'Give a number, or null where there is no due date.');
}

function classOf(value: number, j: number): number {
  if (Number.isInteger(value) && Math.abs(value) <= MOST_CLASS) return value;
  const remedy = `Give a whole number from -${MOST_CLASS} to ${MOST_CLASS}.`;
  throw input(`${value} is no priority class.`, `jobs[${j}].priorityClass`, remedy);
}

function capacityOf(capacity: number, r: number): number {
  if (capacity === Infinity) return UNLIMITED;
  if (Number.isInteger(capacity) && capacity >= 1 && capacity < UNLIMITED) return capacity;
  throw input(
    `Capacity ${capacity} is no whole number from 1.`,
    `resources[${r}].capacity`,
    'Give 1 or more, or Infinity.',
  );
}

function speedOf(speed: number, r: number): number {
  if (speed > 0 && speed < Infinity) return speed;
  throw input(`Speed ${speed} is not above 0.`, `resources[${r}].speed`, 'Give a number above 0; 1 is as planned.');
}

function input(message: string, place: string, remedy: string): SimulationError {
  return new SimulationError('SIMULATION_INPUT', message, place, remedy);
}
