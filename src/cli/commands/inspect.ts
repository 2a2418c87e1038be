import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { describeDistinct, describeRange, describeTypes, percent, type Inspection } from '@libs/profile';
import type { XlsxLimits } from '@libs/xlsx';
import { loadEnvWithoutDatabase } from '../../config/env';
import { inspectWorkbook } from '../../ingestion/inspect/inspect-workbook';
import { REPORT_FILES, writeInspection } from '../../ingestion/inspect/write-inspection';
import { loadSettings } from '../../ingestion/pipeline/settings';
import { EXIT } from '../exit-codes';
import { count, megabytes, table, type Column } from '../text-table';

export interface InspectCommandOptions {
  /** Folder of the three reports; DATA_DIR/reports when left out. */
  readonly out?: string;
  /** Caps that differ from the configured ones. */
  readonly limits?: Partial<XlsxLimits>;
  /** Instead of MAPPING_FILE. */
  readonly mappingFile?: string;
}

/** Warnings beyond these stand in the reports alone. */
const SHOWN_WARNINGS = 20;

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/**
 * `inspect FILE`: reads every row of any workbook without a database, writes DATA_DICTIONARY.md, PROFILE_REPORT.json and
 * RELATIONSHIPS_REPORT.json, and prints what they say at a glance.
 *
 * @returns the exit code
 * @throws XlsxError, MappingError or ConfigurationError, for describeFailure
 */
export async function runInspect(
  file: string,
  options: InspectCommandOptions,
  out: Writable,
  err: Writable,
): Promise<number> {
  const env = loadEnvWithoutDatabase();
  const settings = loadSettings({ ...env, mappingFile: options.mappingFile ?? env.mappingFile });
  err.write(`Reading ${file} …\n`);
  const inspection = await inspectWorkbook({
    path: file,
    limits: { ...settings.limits, ...options.limits },
    aliases: settings.aliases,
    threads: settings.readThreads,
  });
  const dir = options.out ?? settings.reportsDir;
  await writeInspection(dir, inspection);
  out.write(formatInspection(inspection));
  out.write(`Written: ${REPORT_FILES.map((name) => join(dir, name)).join(', ')}\n`);
  return EXIT.OK;
}

/** An inspection for a person to read at a glance: sheets, columns, relationships, warnings. */
export function formatInspection(inspection: Inspection): string {
  const { workbook, warnings } = inspection;
  const sections = [
    [
      `${workbook.name}, ${megabytes(workbook.bytes)}`,
      ...(workbook.sample ? ['SAMPLE: these rows were generated; they are not the factory’s'] : []),
    ],
    ['Sheets', ...sheetTable(inspection)],
    ['Columns', ...columnTable(inspection)],
    ['Relationships (distinct references that exist)', ...relationshipTable(inspection)],
    warnings.length === 0 ? [] : ['Warnings', ...warnings.slice(0, SHOWN_WARNINGS).map((warning) => `  ${warning}`)],
    warnings.length > SHOWN_WARNINGS ? [`  … and ${count(warnings.length - SHOWN_WARNINGS)} more in the reports`] : [],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n\n`;
}

function sheetTable({ sheets }: Inspection): string[] {
  const rows = sheets.map(({ profile, parts }) => [
    profile.sheet,
    count(profile.rows),
    count(profile.columns.length),
    parts.length === 1 && parts[0] === profile.sheet ? '' : parts.join(', '),
  ]);
  const total = sheets.reduce((sum, { profile }) => sum + profile.rows, 0);
  const titles = [left('sheet'), right('rows'), right('columns'), left('read from')];
  return table(titles, [...rows, ['all', count(total), '', '']]);
}

function columnTable({ sheets }: Inspection): string[] {
  const rows = sheets.flatMap(({ profile }) =>
    profile.columns.map((column) => [
      `${profile.sheet}.${column.name}`,
      describeTypes(column),
      column.nulls === 0 ? '' : count(column.nulls),
      column.nulls === 0 ? '' : percent(column.nullRate),
      describeDistinct(column),
      describeRange(column),
    ]),
  );
  const titles = [left('column'), left('holds'), right('nulls'), right('null rate'), right('distinct'), left('range')];
  return table(titles, rows);
}

function relationshipTable({ relationships }: Inspection): string[] {
  const rows = relationships.relationships.map(({ from, to, rate, threshold, status, counts }) => [
    `${from.sheet}.${from.column}`,
    `${to.sheet}.${to.column}`,
    counts ? `${count(counts.matches)} of ${count(counts.distinct)}` : '',
    percent(rate),
    percent(threshold),
    counts ? count(counts.orphanRows) : '',
    status,
  ]);
  const titles = [
    left('reference'),
    left('key'),
    right('matches'),
    right('rate'),
    right('threshold'),
    right('orphan rows'),
    left('status'),
  ];
  return table(titles, rows);
}
