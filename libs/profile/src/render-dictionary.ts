import { SHEETS, type ColumnDefinition, type SheetDefinition } from '@libs/workbook';
import { COLUMN_MEANINGS } from './column-meanings';
import { describeDistinct, describeRange, describeTypes, grouped, percent } from './describe-values';
import { ESTIMATE_STANDARD_ERROR } from './hyper-log-log';
import type { InspectedSheet, Inspection } from './inspection';
import type { ColumnName } from './relationship-definitions';
import type { Relationship } from './relationships';
import type { ColumnProfile } from './sheet-profile';

/** How many frequent values a line of the dictionary names. */
const NAMED_VALUES = 3;

/** DATA_DICTIONARY.md: what each sheet and column means and holds. Equal inspections give equal text. */
export function renderDataDictionary(inspection: Inspection): string {
  const { workbook, sheets, relationships, warnings } = inspection;
  const rows = sheets.reduce((sum, { profile }) => sum + profile.rows, 0);
  const lines = [
    '# Data dictionary',
    '',
    `Workbook ${cell(workbook.name)}, ${grouped(workbook.bytes)} bytes${workbook.sha256 ? `, SHA-256 ${workbook.sha256}` : ''}:`,
    `${grouped(sheets.length)} sheets, ${grouped(rows)} data rows. Every row was read; nothing here is a sample.`,
    '',
    ...(workbook.sample ? ['**Sample: these rows were generated; they are not the factory’s.**', ''] : []),
    'Null means blank or the text NULL; 0 is a value. Dates are wall-clock times of the factory. A number of distinct values',
    `with ≈ is an estimate (standard error ${percent(ESTIMATE_STANDARD_ERROR)}).`,
    '',
  ];
  for (const sheet of sheets) lines.push(...sheetLines(sheet));
  lines.push(...relationshipLines(relationships.relationships));
  if (warnings.length > 0) lines.push('## Warnings', '', ...warnings.map((warning) => `- ${cell(warning)}`), '');
  return lines.join('\n');
}

function sheetLines({ profile, parts }: InspectedSheet): string[] {
  const definition = SHEETS.find(({ sheet }) => sheet === profile.sheet);
  const lines = [`## ${cell(profile.sheet)}`, ''];
  lines.push(definition ? known(definition) : 'Not known to the product: profiled here, not loaded.');
  const names = parts.length === 1 && parts[0] === profile.sheet ? '' : ` in ${parts.map(cell).join(', ')}`;
  lines.push('', `${grouped(profile.rows)} rows${names}.`, '');
  lines.push('| column | field | meaning | holds | nulls | distinct | range | most frequent |');
  lines.push('|---|---|---|---|--:|--:|---|---|');
  for (const column of profile.columns) {
    lines.push(
      columnLine(
        column,
        definition?.columns.find(({ header }) => header === column.name),
      ),
    );
  }
  const missing =
    definition?.columns.filter(({ header }) => !profile.columns.some(({ name }) => name === header)) ?? [];
  for (const { header, column } of missing)
    lines.push(`| ${header} | ${column} | ${meaning(header)} | missing | | | | |`);
  lines.push('');
  return lines;
}

function known({ entity, key, columns }: SheetDefinition): string {
  const headers = key.map((name) => columns.find(({ column }) => column === name)?.header ?? name);
  const natural = headers.length > 0 ? headers.join(' + ') : 'none, a fingerprint of all its columns';
  return `Loaded into \`core.${entity}\`. Natural key: ${natural}.`;
}

function columnLine(column: ColumnProfile, definition: ColumnDefinition | undefined): string {
  const frequent = column.topValues
    ?.slice(0, NAMED_VALUES)
    .map(({ value, count }) => `${cell(String(value))} (${grouped(count)})`)
    .join(', ');
  const nulls = column.nulls === 0 ? '0' : `${grouped(column.nulls)} (${percent(column.nullRate)})`;
  return `| ${[
    cell(column.name),
    definition?.column ?? '',
    definition ? meaning(column.name) : '',
    describeTypes(column),
    nulls,
    describeDistinct(column),
    describeRange(column),
    frequent ?? '',
  ].join(' | ')} |`;
}

function meaning(header: string): string {
  return COLUMN_MEANINGS.get(header) ?? '';
}

function relationshipLines(relationships: readonly Relationship[]): string[] {
  const lines = [
    '## Relationships',
    '',
    'Distinct references that exist as a key, over every row as extracted.',
    '',
    '| relationship | distinct | matches | rate | threshold | status | orphans | orphan rows |',
    '|---|--:|--:|--:|--:|---|--:|--:|',
  ];
  const end = ({ sheet, column }: ColumnName): string => `${sheet}.${column}`;
  for (const { from, to, counts, rate, threshold, status } of relationships) {
    lines.push(
      `| ${[
        `${end(from)} → ${end(to)}`,
        counts ? grouped(counts.distinct) : '',
        counts ? grouped(counts.matches) : '',
        percent(rate),
        percent(threshold),
        status,
        counts ? grouped(counts.orphans) : '',
        counts ? grouped(counts.orphanRows) : '',
      ].join(' | ')} |`,
    );
  }
  lines.push('');
  return lines;
}

/** Whatever a workbook holds, as one harmless piece of a Markdown table. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*[\]<>|#~]/g, (mark) => (mark === '<' ? '&lt;' : `\\${mark}`));
}
