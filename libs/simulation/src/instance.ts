import type { CompiledCalendar, UnavailableWindow, WorkingInterval } from './working-calendar';

/*
 * Time is whole numbers of any unit (seconds, minutes) on any scale (0 = start of the run, or epoch seconds), exact up to
 * 2^53. "Work" is time inside a resource's calendar at speed 1.
 */

/** What is to be simulated, in the form that is easy to write down; buildInstance makes an Instance of it. */
export interface InstanceSpec {
  /** The moment the run begins; nothing is dispatched before. Default 0. */
  start?: number;
  /** Operations name a resource by its position here. */
  resources: readonly ResourceSpec[];
  jobs: readonly JobSpec[];
}

export interface ResourceSpec {
  /** Servers side by side, 1..n; Infinity where nobody ever waits for a server (curing, storage, markers). */
  capacity: number;
  /** When it works; without, always. Objects shared by several resources are compiled once. */
  calendar?: readonly WorkingInterval[];
  /** Windows cut out of the calendar, of all servers (a breakdown): what is in process pauses and goes on afterwards. */
  unavailable?: readonly UnavailableWindow[];
  /** Work done in a unit of open time, above 0; default 1. */
  speed?: number;
}

export interface JobSpec {
  /** Since when the job exists: flow time counts from here. After `start`: it arrives then. Default 0. */
  release?: number;
  /** null or absent: none. EDD and SLACK put such jobs last, and tardiness leaves them out. */
  due?: number | null;
  /** For WSPT and weighted tardiness; 0 or more, default 1. */
  weight?: number;
  /** Chosen before every job of a greater class whatever the rule says: whole, -1000..1000, default 0. */
  priorityClass?: number;
  /** When it joined the first queue it stands in, for FIFO; default release. */
  queuedSince?: number;
  /** The first operation is in process when the run begins. */
  inProcess?: InProcessSpec;
  /** In sequence; rework is written as further operations. None: the job is complete when released. */
  operations: readonly OperationSpec[];
}

export interface InProcessSpec {
  /** At most `start`; the operation's start in the results. It holds a server even where that exceeds the capacity. */
  since: number;
  /** Work left at `start`, 0 or more; default: the duration less the work done since then, at least 0. */
  remaining?: number;
}

export interface OperationSpec {
  /** Position in resources. */
  resource: number;
  /** Work it takes, whole, 0 or more. */
  duration: number;
}

/** No job waits there for a server. */
export const UNLIMITED = 2 ** 31 - 1;

/**
 * What the engine runs: flat arrays that no run writes to, and that pass to another thread by structured clone. Operations
 * are numbered job by job, so those of job j are jobFirst[j] .. jobFirst[j + 1] - 1 in their sequence.
 */
export interface Instance {
  readonly start: number;
  readonly jobCount: number;
  readonly operationCount: number;
  readonly resourceCount: number;
  /** jobCount + 1 entries */
  readonly jobFirst: Int32Array;
  readonly release: Float64Array;
  readonly queuedSince: Float64Array;
  /** Infinity: none */
  readonly due: Float64Array;
  readonly weight: Float64Array;
  readonly priorityClass: Int32Array;
  /** NaN: the first operation is not in process at the start */
  readonly inProcessSince: Float64Array;
  /** work left of the first operation; NaN as above */
  readonly inProcessRemaining: Float64Array;
  /** Jobs in the order in which they arrive: by release, then by number. */
  readonly arrivals: Int32Array;
  readonly operationJob: Int32Array;
  readonly operationResource: Int32Array;
  readonly duration: Float64Array;
  /** UNLIMITED where the capacity is infinite */
  readonly capacity: Int32Array;
  readonly speed: Float64Array;
  /** position in calendars; -1: always open */
  readonly calendarOf: Int32Array;
  readonly calendars: readonly CompiledCalendar[];
}
