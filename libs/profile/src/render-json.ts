import { ESTIMATE_STANDARD_ERROR } from './hyper-log-log';
import type { InspectedSheet, Inspection } from './inspection';
import type { Relationship } from './relationships';
import type { ColumnProfile } from './sheet-profile';

/**
 * PROFILE_REPORT.json. Equal inspections give equal bytes: keys stand in a fixed order, no clock is read.
 * Rates are rounded to six decimals.
 */
export function renderProfileReport(inspection: Inspection): string {
  return json({
    workbook: workbookJson(inspection),
    rows: inspection.sheets.reduce((sum, { profile }) => sum + profile.rows, 0),
    estimate_standard_error: rounded(ESTIMATE_STANDARD_ERROR),
    sheets: inspection.sheets.map(sheetJson),
    warnings: inspection.warnings,
  });
}

/** RELATIONSHIPS_REPORT.json, as renderProfileReport. */
export function renderRelationshipsReport(inspection: Inspection): string {
  return json({
    workbook: workbookJson(inspection),
    relationships: inspection.relationships.relationships.map(relationshipJson),
  });
}

function workbookJson({ workbook: { name, bytes, sha256, sample } }: Inspection): object {
  return { name, bytes, sha256, sample: sample === true };
}

function sheetJson({ profile, parts }: InspectedSheet): object {
  return { sheet: profile.sheet, parts, rows: profile.rows, columns: profile.columns.map(columnJson) };
}

function columnJson(column: ColumnProfile): object {
  const { numbers, dates, texts } = column;
  return {
    column: column.name,
    nulls: column.nulls,
    null_rate: rounded(column.nullRate),
    types: column.types,
    distinct: column.distinct,
    distinct_is: column.exact ? 'exact' : 'estimate',
    number: numbers && { min: numbers.min, max: numbers.max, zeros: numbers.zeros, fractions: numbers.fractions },
    date: dates,
    text: texts && {
      min_length: texts.minLength,
      max_length: texts.maxLength,
      read_as_numbers: texts.numeric,
      read_as_dates: texts.dated,
    },
    top_values: column.topValues,
  };
}

function relationshipJson({ name, from, to, status, rate, threshold, counts }: Relationship): object {
  return {
    name,
    from: `${from.sheet}.${from.column}`,
    to: `${to.sheet}.${to.column}`,
    status,
    rate: rounded(rate),
    threshold,
    ...(counts && {
      distinct: counts.distinct,
      matches: counts.matches,
      orphans: counts.orphans,
      rows: counts.rows,
      orphan_rows: counts.orphanRows,
      null_rows: counts.nullRows,
      unreadable_rows: counts.unreadableRows,
      keys: counts.keys,
      unreferenced_keys: counts.unreferencedKeys,
      top_orphans: counts.topOrphans.map(({ value, count }) => ({ value, rows: count })),
      first_orphans: counts.firstOrphans.map(({ value, count }) => ({ value, rows: count })),
    }),
  };
}

function rounded(rate: number | null): number | null {
  return rate === null ? null : Math.round(rate * 1e6) / 1e6;
}

function json(report: object): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
