import { SimulationError } from '../simulation-error';
import { PUBLISHED_INSTANCES } from './published-instances';
import { readJobshop } from './read-jobshop';

const PLAIN = readJobshop('2 3\n0 1 1 2 2 3\n2 4 0 5 1 6\n');

const failure = (text: string): SimulationError => {
  try {
    readJobshop(text);
  } catch (error) {
    if (error instanceof SimulationError) return error;
  }
  throw new Error('it was read');
};

describe('a job-shop file', () => {
  it('gives machines, operations in sequence, and due dates of 1.5 x the total work', () => {
    expect(PLAIN.resources).toEqual([{ capacity: 1 }, { capacity: 1 }, { capacity: 1 }]);
    expect(PLAIN.jobs[0]).toEqual({
      due: 9,
      operations: [
        { resource: 0, duration: 1 },
        { resource: 1, duration: 2 },
        { resource: 2, duration: 3 },
      ],
    });
    expect(PLAIN.jobs[1].due).toBe(22.5);
  });

  it.each([
    ['line ends of Windows and of old Macs', '2 3\r\n0 1 1 2 2 3\r2 4 0 5 1 6'],
    ['blank lines, tabs and a byte order mark', '\uFEFF\n\t2   3 \n\n  0 1  1 2  2 3\n\n\n2\t4\t0\t5\t1\t6\n\n'],
    [
      'a title and rulers, as in the OR-Library',
      ' +++++\n instance x1\n +++++\n Author 2x3 instance (Table 1)\n 2 3\n0 1 1 2 2 3\n2 4 0 5 1 6\n +++++\nEOF\n',
    ],
    ['comments', '#+++\n# instance x1 10 10\n2 3 # jobs machines\n0 1 1 2 2 3\n// second\n2 4 0 5 1 6\n'],
    ['commas', '2, 3\n0,1, 1,2, 2,3\n2,4, 0,5, 1,6\n'],
    ['machines numbered from 1', '2 3\n1 1 2 2 3 3\n3 4 1 5 2 6\n'],
    ['jobs over several lines', '2 3\n0 1 1 2\n2 3\n2 4\n0 5 1 6\n'],
    ['all jobs in one line', '2 3\n0 1 1 2 2 3 2 4 0 5 1 6\n'],
    ['lines of numbers behind the last job', '2 3\n0 1 1 2 2 3\n2 4 0 5 1 6\n 55 \n'],
  ])('is read the same with %s', (_name, text) => {
    expect(readJobshop(text)).toEqual(PLAIN);
  });

  it('may have jobs that skip machines, return to them, or take no time', () => {
    const { jobs } = readJobshop('2 3\n0 1 2 0 0 4 2 1\n1 7\n');
    expect(jobs[0].operations.map(({ resource }) => resource)).toEqual([0, 2, 0, 2]);
    expect(jobs[1].operations).toEqual([{ resource: 1, duration: 7 }]);
  });

  it('takes release, due date and weight from behind the pairs, or the due date alone', () => {
    expect(readJobshop('1 2\n0 8 1 10 3 149 10\n').jobs[0]).toMatchObject({ release: 3, due: 149, weight: 10 });
    expect(readJobshop('1 2\n0 8 1 10 149\n').jobs[0]).toMatchObject({ due: 149 });
  });

  it('reads every instance that comes with the engine', () => {
    const sizes = Object.values(PUBLISHED_INSTANCES).map((text) => {
      const { jobs, resources } = readJobshop(text);
      return [jobs.length, resources.length, jobs.reduce((sum, { operations }) => sum + operations.length, 0)];
    });
    expect(sizes).toEqual([
      [6, 6, 36],
      [10, 10, 100],
      [10, 10, 100],
      [10, 5, 50],
      [15, 15, 225],
    ]);
  });

  it.each([
    ['nothing', '', 'the file'],
    ['text alone', 'a b\nc d\n', 'the file'],
    ['no header', '0 1 1 2\n0 1 1 2\n', 'line 1'],
    ['no jobs', '0 2\n', 'line 1'],
    ['fewer jobs than announced', '3 2\n0 1 1 2\n1 1 0 2\n', 'line 3'],
    ['a machine that does not exist', '2 2\n0 1 1 2\n0 3 5 1\n', 'line 3'],
    ['a duration below 0', '1 2\n0 1 1 -2\n', 'line 2'],
    ['a duration in fractions', '1 2\n0 1.5 1 2\n', 'line 2'],
    ['half a pair', '1 4\n0 1 1\n', 'line 2'],
    ['more operations than memory', '99999999 99999999\n', 'line 1'],
  ])('with %s is refused where it is wrong', (_name, text, place) => {
    const error = failure(text);
    expect(error).toMatchObject({ code: 'JOBSHOP_FORMAT', place });
    expect(error.remedy).not.toBe('');
  });
});
