import type { InstanceSpec, JobSpec, OperationSpec } from '../instance';
import { SimulationError } from '../simulation-error';

/** Due date of a job whose file gives none, as a multiple of its total work; the customary tightness of the literature. */
export const DUE_TIGHTNESS = 1.5;

/** Above this a header is no instance but a mistake. */
const MOST_OPERATIONS = 20_000_000;

const WHOLE = /^\d{1,15}(\.0*)?$/;

interface Line {
  number: number;
  values: readonly number[];
}

/**
 * Reads the standard job-shop text format: a line with the numbers of jobs and machines, then a line per job of machine
 * and duration pairs in sequence. Published files differ in what stands around that, and all of it is read: lines of text
 * before and after, comments behind # or //, blank lines, any line end, any white space, jobs over several lines, machines
 * numbered from 0 or from 1, jobs that skip machines or return to them, durations of 0, and behind the pairs of a job its
 * release, due date and weight, or its due date alone.
 *
 * @throws SimulationError JOBSHOP_FORMAT naming the line
 */
export function readJobshop(text: string): InstanceSpec {
  const lines = numbersOf(text);
  const header = lines.shift();
  if (header === undefined) {
    const remedy = 'The first line gives the numbers of jobs and machines, then follows a line per job.';
    throw format('There is no line of numbers in it.', 'the file', remedy);
  }
  const [jobCount, machineCount] = header.values;
  const place = `line ${header.number}`;
  if (header.values.length !== 2 || !(jobCount >= 1) || !(machineCount >= 1)) {
    const message = `It is no header: ${header.values.length} numbers where jobs and machines are expected.`;
    throw format(message, place, 'Begin with two whole numbers from 1, such as 6 6.');
  }
  if (jobCount * machineCount > MOST_OPERATIONS) {
    throw format(`${jobCount} x ${machineCount} operations are too many.`, place, `At most ${MOST_OPERATIONS}.`);
  }
  const rows = jobRows(lines, jobCount, machineCount, header);
  const jobs = rows.map((row) => readJob(row, machineCount));
  const numberedFromOne = areNumberedFromOne(jobs, machineCount);
  jobs.forEach((job, j) => {
    for (const operation of job.operations as OperationSpec[]) {
      if (numberedFromOne) operation.resource -= 1;
      if (operation.resource < machineCount) continue;
      const message = `There is no machine ${operation.resource} among ${machineCount}.`;
      throw format(message, `line ${rows[j].number}`, `Number machines from 0 to ${machineCount - 1}, or from 1.`);
    }
  });
  return { resources: Array.from({ length: machineCount }, () => ({ capacity: 1 })), jobs };
}

/** Lines that hold nothing but numbers. Any other line is a title or a ruler, but among the jobs a mistake. */
function numbersOf(text: string): Line[] {
  const lines: Line[] = [];
  // A byte order mark is white space.
  text.split(/\r\n|\n|\r/).forEach((raw, i) => {
    const line = raw.replace(/(#|\/\/).*$/, '').trim();
    const words = line.split(/[\s,;]+/).filter((word) => word !== '');
    if (words.length === 0) return;
    const wrong = words.find((word) => !WHOLE.test(word));
    if (wrong === undefined) lines.push({ number: i + 1, values: words.map(Number) });
    else if (lines.length > 0 && lines.length <= lines[0].values[0] && /^[-+.\d]/.test(line) && /\d/.test(line)) {
      throw format(`${wrong} is no whole number from 0.`, `line ${i + 1}`, 'Give machines and durations as such.');
    }
  });
  return lines;
}

/** One row a job: the lines as they stand, or, where jobs go over several lines, all numbers cut into equal rows. */
function jobRows(lines: readonly Line[], jobCount: number, machineCount: number, header: Line): readonly Line[] {
  const inLines = lines.slice(0, jobCount);
  const total = lines.reduce((sum, { values }) => sum + values.length, 0);
  const width = 2 * machineCount;
  if (lines.length !== jobCount && total === jobCount * width) {
    const all = lines.flatMap(({ values, number }) => values.map((value) => ({ value, number })));
    return Array.from({ length: jobCount }, (_, j) => ({
      number: all[j * width].number,
      values: all.slice(j * width, (j + 1) * width).map(({ value }) => value),
    }));
  }
  if (inLines.length === jobCount) return inLines;
  const last = lines.at(-1)?.number ?? header.number;
  const message = `There are ${inLines.length} lines of jobs and ${jobCount} were announced.`;
  throw format(message, `line ${last}`, 'Give a line of machine and duration pairs for each job.');
}

function readJob({ number, values }: Line, machineCount: number): JobSpec {
  const { length } = values;
  const behind = length % 2 === 0 ? 0 : length === 2 * machineCount + 1 ? 1 : 3;
  if (behind === 3 && length !== 2 * machineCount + 3) {
    const message = `${length} numbers are no pairs of machine and duration.`;
    throw format(message, `line ${number}`, 'A pair lacks its duration, or a number is too many.');
  }
  const pairs = length - behind;
  const operations: OperationSpec[] = [];
  for (let i = 0; i < pairs; i += 2) operations.push({ resource: values[i], duration: values[i + 1] });
  if (behind === 3) return { operations, release: values[pairs], due: values[pairs + 1], weight: values[pairs + 2] };
  if (behind === 1) return { operations, due: values[pairs] };
  return { operations, due: DUE_TIGHTNESS * operations.reduce((sum, { duration }) => sum + duration, 0) };
}

function areNumberedFromOne(jobs: readonly JobSpec[], machineCount: number): boolean {
  const machines = jobs.flatMap(({ operations }) => operations.map(({ resource }) => resource));
  return machines.includes(machineCount) && !machines.includes(0);
}

function format(message: string, place: string, remedy: string): SimulationError {
  return new SimulationError('JOBSHOP_FORMAT', message, place, remedy);
}
