import { buildInstance } from './build-instance';
import { type InstanceSpec, type JobSpec, type ResourceSpec, UNLIMITED } from './instance';
import { type Rule, RULES } from './rules';
import { SimulationError } from './simulation-error';
import { simulate } from './simulator';

const failure = (work: () => unknown): SimulationError => {
  try {
    work();
  } catch (error) {
    if (error instanceof SimulationError) return error;
  }
  throw new Error('it was taken');
};
const one = (job: Partial<JobSpec>, resource: Partial<ResourceSpec> = {}): InstanceSpec => ({
  resources: [{ capacity: 1, ...resource }],
  jobs: [{ operations: [{ resource: 0, duration: 1 }], ...job }],
});

describe('an instance', () => {
  it.each<[place: string, spec: InstanceSpec]>([
    ['start', { start: 0.5, resources: [], jobs: [] }],
    ['resources[0].capacity', one({}, { capacity: 0 })],
    ['resources[0].capacity', one({}, { capacity: 1.5 })],
    ['resources[0].capacity', one({}, { capacity: UNLIMITED })],
    ['resources[0].speed', one({}, { speed: NaN })],
    ['resources[0].speed', one({}, { speed: 0 })],
    ['resources[0].speed', one({}, { speed: -1 })],
    ['resources[0].speed', one({}, { speed: Infinity })],
    ['resources[0].calendar[0]', one({}, { calendar: [{ from: 3, until: 3 }] })],
    [
      'resources[0].calendar[1]',
      one(
        {},
        {
          calendar: [
            { from: 0, until: 3 },
            { from: 2, until: 4 },
          ],
        },
      ),
    ],
    ['resources[0].calendar[0]', one({}, { calendar: [{ from: 0, until: 3, speed: 0 }] })],
    ['resources[0].calendar[0]', one({}, { calendar: [{ from: 0, until: 3, capacity: -1 }] })],
    ['resources[0].unavailable[0]', one({}, { unavailable: [{ from: 3, until: 1 }] })],
    ['jobs[0].release', one({ release: 0.1 })],
    ['jobs[0].queuedSince', one({ queuedSince: Infinity })],
    ['jobs[0].due', one({ due: NaN })],
    ['jobs[0].weight', one({ weight: -1 })],
    ['jobs[0].weight', one({ weight: Infinity })],
    ['jobs[0].priorityClass', one({ priorityClass: 1001 })],
    ['jobs[0].priorityClass', one({ priorityClass: -1001 })],
    ['jobs[0].inProcess.since', one({ inProcess: { since: 1 } })],
    ['jobs[0].inProcess.since', one({ inProcess: { since: -0.5 } })],
    ['jobs[0].inProcess.remaining', one({ inProcess: { since: 0, remaining: 0.5 } })],
    ['jobs[0].inProcess.remaining', one({ inProcess: { since: 0, remaining: -1 } })],
    ['jobs[0].inProcess', one({ inProcess: { since: 0 }, operations: [] })],
    ['jobs[0].operations[0].resource', one({ operations: [{ resource: 1, duration: 1 }] })],
    ['jobs[0].operations[0].resource', one({ operations: [{ resource: -1, duration: 1 }] })],
    ['jobs[0].operations[0].resource', one({ operations: [{ resource: 0.5, duration: 1 }] })],
    ['jobs[0].operations[0].duration', one({ operations: [{ resource: 0, duration: 0.5 }] })],
    ['jobs[0].operations[0].duration', one({ operations: [{ resource: 0, duration: -1 }] })],
  ])('is refused at %s', (place, spec) => {
    const error = failure(() => buildInstance(spec));
    expect(error).toMatchObject({ name: 'SimulationError', code: 'SIMULATION_INPUT', place });
    expect(error.remedy).not.toBe('');
  });

  it('is told which resources there are', () => {
    const two = {
      resources: [{ capacity: 1 }, { capacity: 1 }],
      jobs: [{ operations: [{ resource: 2, duration: 1 }] }],
    };
    expect(failure(() => buildInstance(two)).remedy.match(/\d+/g)).toEqual(['0', '1']);
  });

  it('takes what is just allowed', () => {
    const { capacity, priorityClass } = buildInstance({
      resources: [{ capacity: UNLIMITED - 1 }],
      jobs: [1000, -1000].map((most) => ({ priorityClass: most, operations: [] })),
    });
    expect([...capacity, ...priorityClass]).toEqual([UNLIMITED - 1, 1000, -1000]);
  });

  it('has jobs arrive by their release, then by their number', () => {
    const jobs = [5, 0, 5, 0, 5, 0].map((release) => ({ release, operations: [] }));
    expect([...buildInstance({ resources: [], jobs }).arrivals]).toEqual([1, 3, 5, 0, 2, 4]);
  });

  it('compiles a calendar that resources share once', () => {
    const calendar = [{ from: 0, until: 9 }];
    const unavailable = [{ from: 2, until: 3 }];
    const { calendars, calendarOf } = buildInstance({
      resources: [
        { capacity: 1, calendar },
        { capacity: 2, calendar, unavailable: [] },
        { capacity: 1 },
        { capacity: 1, calendar, unavailable },
        { capacity: 3, calendar },
        { capacity: 3, calendar, unavailable },
      ],
      jobs: [],
    });
    expect(calendars).toHaveLength(2);
    expect([...calendarOf]).toEqual([0, 0, -1, 1, 0, 1]);
  });

  it('takes the work that was done before the start from the calendar', () => {
    // In process since -10, open -10..-7 and from -2 on: 5 of 8 units are done at 0.
    const calendar = [
      { from: -10, until: -7 },
      { from: -2, until: Infinity },
    ];
    const job = { inProcess: { since: -10 }, operations: [{ resource: 0, duration: 8 }] };
    expect(simulate(buildInstance(one(job, { calendar })), { rule: 'FIFO' }).makespan).toBe(3);
    // At speed 2, since -3: 6 of 8 units are done, and the rest takes 1.
    const fast = { inProcess: { since: -3 }, operations: [{ resource: 0, duration: 8 }] };
    expect(simulate(buildInstance(one(fast, { speed: 2 })), { rule: 'FIFO' }).makespan).toBe(1);
  });
});

describe('the options of a run', () => {
  const instance = buildInstance(one({}));

  it.each<[place: string, options: Parameters<typeof simulate>[1]]>([
    ['rule', { rule: 'FASTEST' as Rule }],
    ['seed', { rule: 'RANDOM', seed: 0.5 }],
    ['until', { rule: 'FIFO', until: NaN }],
    ['durations', { rule: 'FIFO', durations: new Float64Array(2) }],
    ['remaining', { rule: 'FIFO', remaining: new Float64Array(2) }],
  ])('are refused at %s', (place, options) => {
    expect(failure(() => simulate(instance, options))).toMatchObject({ code: 'SIMULATION_INPUT', place });
  });

  it('are told apart from the rules that there are', () => {
    const { message, remedy } = failure(() => simulate(instance, { rule: 'FASTEST' as Rule }));
    expect(message).toContain('FASTEST');
    expect(remedy.match(/\b[A-Z]+\b/g)).toEqual([...RULES]);
  });

  it('change speed, durations and what is left, without a new instance', () => {
    // 6 units at speed 1.5 are 4; 7 at 1.5 are 4.67, which a whole clock shows as 5.
    const fast = buildInstance(one({ operations: [{ resource: 0, duration: 6 }] }, { speed: 1.5 }));
    expect(simulate(fast, { rule: 'FIFO' }).makespan).toBe(4);
    expect(simulate(fast, { rule: 'FIFO', durations: Float64Array.of(7) }).makespan).toBe(5);
    const begun = buildInstance(one({ inProcess: { since: -1, remaining: 9 } }));
    expect(simulate(begun, { rule: 'FIFO', remaining: Float64Array.of(2) }).makespan).toBe(2);
  });

  it('draw other orders with other seeds', () => {
    const jobs = Array.from({ length: 8 }, () => ({ operations: [{ resource: 0, duration: 1 }] }));
    const shop = buildInstance({ resources: [{ capacity: 1 }], jobs });
    const orders = Array.from({ length: 5 }, (_, seed) => simulate(shop, { rule: 'RANDOM', seed }).dispatched.join());
    expect(new Set(orders).size).toBe(5);
    // Seeds beyond 32 bits are not cut.
    expect(simulate(shop, { rule: 'RANDOM', seed: 1 + 2 ** 32 }).dispatched.join()).not.toBe(orders[1]);
    expect(RULES).toHaveLength(10);
  });
});
