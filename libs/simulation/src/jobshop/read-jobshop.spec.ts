import { SimulationError } from '../simulation-error';
import { PUBLISHED_INSTANCES } from './published-instances';
import { readJobshop } from './read-jobshop';

const plain = () => readJobshop('2 3\n0 1 1 2 2 3\n2 4 0 5 1 6\n');

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
    const { resources, jobs } = plain();
    expect(resources).toEqual([{ capacity: 1 }, { capacity: 1 }, { capacity: 1 }]);
    expect(jobs[0]).toEqual({
      due: 9,
      operations: [
        { resource: 0, duration: 1 },
        { resource: 1, duration: 2 },
        { resource: 2, duration: 3 },
      ],
    });
    expect(jobs[1].due).toBe(22.5);
  });

  it.each([
    ['line ends of Windows and of old Macs', '2 3\r\n0 1 1 2 2 3\r2 4 0 5 1 6'],
    ['a byte order mark', '\uFEFF2 3\n0 1 1 2 2 3\n2 4 0 5 1 6\n'],
    ['blank lines, tabs and a byte order mark', '\uFEFF\n\t2   3 \n\n  0 1  1 2  2 3\n\n\n2\t4\t0\t5\t1\t6\n\n'],
    [
      'a title and rulers, as in the OR-Library',
      ' +++++\n instance x1\n +++++\n Author 2x3 instance (Table 1)\n 2 3\n0 1 1 2 2 3\n2 4 0 5 1 6\n +++++\nEOF\n',
    ],
    ['comments', '#+++\n# instance x1 10 10\n2 3 # jobs machines\n0 1 1 2 2 3\n// second\n2 4 0 5 1 6\n'],
    ['commas', '2, 3\n0,1, 1,2, 2,3\n2,4, 0,5, 1,6\n'],
    ['separators that end lines', '2;3;\n0;1;1;2;2;3;\n2;4;0;5;1;6;\n'],
    [
      'text that begins with a number, before and behind',
      '2x3 jobs\n2 3\n0 1 1 2 2 3\n2 4 0 5 1 6\n13 is the best known\n',
    ],
    ['titles and rulers among the jobs', '2 3\njob 1\n0 1 1 2 2 3\n+++++\n2 4 0 5 1 6\n'],
    ['machines numbered from 1', '2 3\n1 1 2 2 3 3\n3 4 1 5 2 6\n'],
    ['jobs over several lines', '2 3\n0 1 1 2\n2 3\n2 4\n0 5 1 6\n'],
    ['all jobs in one line', '2 3\n0 1 1 2 2 3 2 4 0 5 1 6\n'],
    ['lines of numbers behind the last job', '2 3\n0 1 1 2 2 3\n2 4 0 5 1 6\n 55 \n'],
  ])('is read the same with %s', (_name, text) => {
    expect(readJobshop(text)).toEqual(plain());
  });

  it('may have jobs that skip machines, return to them, or take no time', () => {
    const { jobs } = readJobshop('2 3\n0 1 2 0 0 4 2 1\n1 7\n');
    expect(jobs[0].operations.map(({ resource }) => resource)).toEqual([0, 2, 0, 2]);
    expect(jobs[1].operations).toEqual([{ resource: 1, duration: 7 }]);
  });

  it('keeps the lines of jobs where there are as many as announced, whatever their lengths', () => {
    // Six numbers and two: as many as two jobs on two machines have.
    const { jobs } = readJobshop('2 2\n0 1 1 2 0 3\n1 7\n');
    expect(jobs.map(({ operations }) => operations.map(({ duration }) => duration))).toEqual([[1, 2, 3], [7]]);
  });

  it('may be of one job and one machine', () => {
    expect(readJobshop('1 1\n0 5\n')).toMatchObject({
      resources: [{ capacity: 1 }],
      jobs: [{ operations: [{ resource: 0, duration: 5 }] }],
    });
  });

  it('counts machines from 0 where the last one is not used', () => {
    const { jobs } = readJobshop('1 3\n1 2 1 3\n');
    expect(jobs[0].operations.map(({ resource }) => resource)).toEqual([1, 1]);
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
    ['no machines', '2 0\n0 1\n0 1\n', 'line 1'],
    ['a header of three numbers', '1 2 3\n0 1 1 2\n', 'line 1'],
    ['a header alone', '2 2\n', 'line 1'],
    ['fewer jobs than announced', '3 2\n0 1 1 2\n1 1 0 2\n', 'line 3'],
    ['one job less than announced', '4 2\n0 1 1 2\n1 1 0 2\n0 1 1 2\n', 'line 4'],
    ['a job of one number', '2 2\n0 1 1 2\n5\n0 1 1 2\n', 'line 3'],
    ['a machine that does not exist', '2 2\n0 1 1 2\n0 3 5 1\n', 'line 3'],
    ['machines numbered from 0 and from 1', '2 2\n0 1 1 2\n1 3 2 1\n', 'line 3'],
    ['a duration below 0', '1 2\n0 1 1 -2\n', 'line 2'],
    ['a duration in fractions', '1 2\n0 1.5 1 2\n', 'line 2'],
    ['fractions in an indented line, more than enough behind it', '1 2\n  0 1.5 1 2\n0 1 1 2\n', 'line 2'],
    ['half a pair', '1 4\n0 1 1\n', 'line 2'],
    ['more operations than memory', '99999999 99999999\n', 'line 1'],
    // The jobs are short of what was announced as well, but that is told of their last line.
    ['more than twenty million operations', '4000 5001\n0 5\n', 'line 1'],
    ['twenty million operations, and one job', '20000000 1\n0 5\n', 'line 2'],
  ])('with %s is refused where it is wrong', (_name, text, place) => {
    const error = failure(text);
    expect(error).toMatchObject({ code: 'JOBSHOP_FORMAT', place });
    expect(error.remedy).not.toBe('');
  });

  it('is told which machines there are', () => {
    expect(failure('2 2\n0 1 1 2\n0 3 5 1\n').remedy.match(/\d+/g)).toEqual(['0', '1', '1']);
  });
});
