import type { ColumnProfile } from './sheet-profile';

/** 1078180 -> 1,078,180, in every locale. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 0.72506 -> 72.5 %; a rate that is not 0 or 1 never looks like it; nothing for null. */
export function percent(rate: number | null): string {
  if (rate === null) return '';
  if (rate > 0 && rate < 0.001) return '< 0.1 %';
  if (rate < 1 && rate >= 0.9995) return '> 99.9 %';
  return `${(rate * 100).toFixed(1)} %`;
}

/** `date`, `whole number`, or all types that occur with their counts, and what the loader reads texts as. */
export function describeTypes({ types, numbers, texts }: ColumnProfile): string {
  const all = Object.entries(types);
  const name = (type: string): string => {
    if (type === 'number' && numbers?.fractions === 0) return 'whole number';
    if (type !== 'text') return type;
    const readings = [
      texts?.numeric ? `${grouped(texts.numeric)} read as numbers` : '',
      texts?.dated ? `${grouped(texts.dated)} as dates` : '',
    ].filter((reading) => reading !== '');
    return readings.length === 0 ? type : `${type} (${readings.join(', ')})`;
  };
  if (all.length === 1) return name(all[0][0]);
  return all.map(([type, count]) => `${grouped(count)} ${name(type)}`).join(', ');
}

/** `1,233`, or `≈ 1,000,000` for an estimate: three digits are more than its error allows. */
export function describeDistinct({ distinct, exact }: ColumnProfile): string {
  return exact ? grouped(distinct) : `≈ ${grouped(Number(distinct.toPrecision(3)))}`;
}

/** Smallest to largest number, first to last date, shortest to longest text. */
export function describeRange({ numbers, dates, texts }: ColumnProfile): string {
  const ranges: string[] = [];
  if (numbers) {
    ranges.push(`${numbers.min} to ${numbers.max}${numbers.zeros > 0 ? `, ${grouped(numbers.zeros)} zeros` : ''}`);
  }
  if (dates) ranges.push(`${dates.min.replace('T', ' ')} to ${dates.max.replace('T', ' ')}`);
  if (texts) ranges.push(`${texts.minLength} to ${texts.maxLength} characters`);
  return ranges.join('; ');
}
