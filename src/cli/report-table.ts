import type { RunReport, SheetAccount } from '../ingestion/queries/run-report';
import { type Column, count, megabytes, seconds, table } from './text-table';

/** Terms of the accounting, in the order of its equation. */
const TERMS = ['inserted', 'updated', 'unchanged', 'duplicates', 'quarantined'] as const;

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** The report of a load for a person to read at a glance: what came in, where every row went, what to look at. */
export function formatReport(report: RunReport): string {
  const sections = [
    heading(report),
    accounting(report.sheets),
    counted(
      'Quarantined rows',
      [left('sheet'), left('reason'), right('rows')],
      report.rejects.map((reject) => [reject.sheet, reject.reason_code, count(reject.count)]),
    ),
    counted(
      'Issues (rows kept)',
      [left('sheet'), left('code'), right('rows')],
      report.issues.map((issue) => [issue.sheet, issue.code, count(issue.count)]),
    ),
    matchRates(report),
    steps(report),
    report.warnings.length === 0 ? [] : ['Warnings', ...report.warnings.map((warning) => `  ${warning}`)],
    ending(report),
  ];
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`;
}

function heading(report: RunReport): string[] {
  const { name, bytes, sha256 } = report.workbook;
  const size = bytes === null ? '' : `, ${megabytes(bytes)}`;
  const hash = sha256 === null ? '' : `, sha256 ${sha256.slice(0, 12)}…`;
  const lines = [`Run ${report.run_id}: ${report.status}`, `  workbook  ${name}${size}${hash}`];
  if (report.as_of !== null) lines.push(`  as of     ${report.as_of}`);
  if (report.same_content_as !== undefined)
    lines.push(`  same as   run ${report.same_content_as}: the same content in another file`);
  if (report.sample) lines.push('  SAMPLE    these rows were generated; they are not the factory’s');
  return lines;
}

function accounting(sheets: readonly SheetAccount[]): string[] {
  if (sheets.length === 0) return ['Accounting: no sheet was loaded.'];
  const columns = [
    left('sheet'),
    right('extracted ='),
    right('inserted +'),
    right('updated +'),
    right('unchanged +'),
    right('duplicates +'),
    right('quarantined'),
    right('absent'),
    right('seconds'),
  ];
  const cells = (sheet: SheetAccount): string[] => [
    sheet.sheet,
    `${count(sheet.extracted)} =`,
    ...TERMS.map((term, at) => (at < TERMS.length - 1 ? `${count(sheet[term])} +` : count(sheet[term]))),
    count(sheet.absent),
    seconds(sheet.seconds),
  ];
  return ['Accounting', ...table(columns, [...sheets.map(cells), cells(total(sheets))]), `  ${balance(sheets)}`];
}

function total(sheets: readonly SheetAccount[]): SheetAccount {
  const sum = (key: (typeof TERMS)[number] | 'extracted' | 'absent' | 'seconds'): number =>
    sheets.reduce((before, sheet) => before + sheet[key], 0);
  return {
    sheet: 'total',
    extracted: sum('extracted'),
    inserted: sum('inserted'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    duplicates: sum('duplicates'),
    quarantined: sum('quarantined'),
    absent: sum('absent'),
    seconds: sum('seconds'),
  };
}

/** The verdict is computed here, from the figures above it, and not taken from the run's status. */
export function balance(sheets: readonly SheetAccount[]): string {
  const wrong = sheets
    .map((sheet) => ({ sheet, accounted: TERMS.reduce((sum, term) => sum + sheet[term], 0) }))
    .filter(({ sheet, accounted }) => accounted !== sheet.extracted);
  if (wrong.length === 0) {
    const rows = sheets.reduce((sum, sheet) => sum + sheet.extracted, 0);
    return `Balanced: all ${count(rows)} rows of ${sheets.length} sheets are accounted for.`;
  }
  const details = wrong.map(
    ({ sheet, accounted }) => `${sheet.sheet} extracted ${count(sheet.extracted)}, accounted ${count(accounted)}`,
  );
  return `NOT BALANCED: ${details.join('; ')}.`;
}

function counted(title: string, columns: Column[], rows: string[][]): string[] {
  return rows.length === 0 ? [`${title}: none`] : [title, ...table(columns, rows)];
}

function matchRates(report: RunReport): string[] {
  if (report.match_rates.length === 0) return [];
  const percent = (value: number | null): string => (value === null ? '' : `${(100 * value).toFixed(1)} %`);
  const rows = report.match_rates.map((rate) => [
    rate.name,
    `${count(rate.matches)} of ${count(rate.total)}`,
    percent(rate.rate),
    percent(rate.threshold),
    rate.status,
  ]);
  const columns = [left('relationship'), right('matches'), right('rate'), right('threshold'), left('status')];
  return ['Match rates', ...table(columns, rows)];
}

function steps(report: RunReport): string[] {
  if (report.steps.length === 0) return [];
  const rows = report.steps.map((step) => [step.name, count(step.rows), seconds(step.seconds)]);
  return ['Steps', ...table([left('step'), right('rows'), right('seconds')], rows)];
}

function ending(report: RunReport): string[] {
  const lines: string[] = [];
  if (report.error !== undefined) {
    lines.push(`${report.error.code}: ${report.error.detail}`);
    if (report.error.remedy !== undefined) lines.push(report.error.remedy);
  }
  const parts = [
    report.seconds === null ? undefined : `${seconds(report.seconds)} s`,
    report.peak_rss_mb === null ? undefined : `peak memory ${count(Math.round(report.peak_rss_mb))} MB`,
  ].filter((part) => part !== undefined);
  if (parts.length > 0) lines.push(parts.join(', '));
  return lines;
}

/** The report for a person, or as JSON for a program. */
export function printReport(report: RunReport, options: { json?: boolean }, out: NodeJS.WritableStream): void {
  out.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report));
}
