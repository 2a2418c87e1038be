/** Of Stryker's report, a format that other mutation testers write as well, what is read here. */
export interface MutationReport {
  files: Record<string, { mutants: Mutant[] }>;
}

export interface Mutant {
  mutatorName: string;
  replacement?: string;
  statusReason?: string;
  status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Ignored' | 'CompileError' | 'RuntimeError' | 'Pending';
  location: { start: { line: number; column: number } };
}

/** What became of the mutants of one target. */
export interface Score {
  files: number;
  killed: number;
  /** endless loops, told by how often they went round */
  timeout: number;
  /**
   * ended from outside, by the clock or with the process of the tests: an endless loop, memory without end, a busy
   * machine, a fault of the runner; not taken for noticed
   */
  clock: number;
  survived: number;
  noCoverage: number;
  /** not counted: texts, and what runs once when a module is loaded */
  ignored: number;
  /** not tried, which must not be */
  pending: number;
}

/** Counts of one report. */
export function scoreOf(report: MutationReport): Score {
  const files = Object.values(report.files);
  const those = (is: (mutant: Mutant) => boolean): number =>
    files.reduce((sum, { mutants }) => sum + mutants.filter(is).length, 0);
  const count = (...statuses: Mutant['status'][]): number => those(({ status }) => statuses.includes(status));
  const late = those((mutant) => mutant.status === 'Timeout' && !isCounted(mutant));
  return {
    files: files.length,
    killed: count('Killed'),
    timeout: count('Timeout') - late,
    clock: late + count('RuntimeError', 'CompileError'),
    survived: count('Survived'),
    noCoverage: count('NoCoverage'),
    ignored: count('Ignored'),
    pending: count('Pending'),
  };
}

/** The part of a report that tells of some files: a report keeps what earlier runs found of others. */
export function ofFiles(report: MutationReport, files: readonly string[]): MutationReport {
  return { files: Object.fromEntries(Object.entries(report.files).filter(([file]) => files.includes(file))) };
}

/** Whether Stryker ended a mutant because it went round far more often than the tests do. */
function isCounted({ statusReason = '' }: Mutant): boolean {
  return statusReason.startsWith('Hit limit reached');
}

/** Mutants that were tried or that no test reaches. */
export function mutantsOf({ killed, timeout, clock, survived, noCoverage }: Score): number {
  return killed + timeout + clock + survived + noCoverage;
}

/** Share in per cent of the mutants that a test noticed; NaN where there is no mutant. An endless loop is noticed too. */
export function percentOf(score: Score): number {
  return (100 * (score.killed + score.timeout)) / mutantsOf(score);
}

/** The sum over targets. */
export function total(scores: readonly Score[]): Score {
  const sum = (key: keyof Score): number => scores.reduce((all, score) => all + score[key], 0);
  return {
    files: sum('files'),
    killed: sum('killed'),
    timeout: sum('timeout'),
    clock: sum('clock'),
    survived: sum('survived'),
    noCoverage: sum('noCoverage'),
    ignored: sum('ignored'),
    pending: sum('pending'),
  };
}

/** One line for each mutant that no test noticed: where, which mutator, and what stood there instead. */
export function survivors(report: MutationReport): string[] {
  return Object.entries(report.files).flatMap(([file, { mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .sort((a, b) => a.location.start.line - b.location.start.line)
      .map(({ location, mutatorName, replacement = '', status }) => {
        const where = `${file}:${location.start.line}:${location.start.column}`;
        const note = status === 'NoCoverage' ? ' (no test reaches it)' : '';
        return `${where} ${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 120)}${note}`;
      }),
  );
}
