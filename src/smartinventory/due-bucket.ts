/** The four words the frontend knows. */
export const RISK_BUCKETS = ['OVERDUE', 'DUE_7D', 'DUE_14D', 'SAFE'] as const;
export type RiskBucket = (typeof RISK_BUCKETS)[number];

const DAY_MS = 86_400_000;

/** Calendar days from one factory day (2025-12-11) to another; negative when the other is earlier. */
export function daysBetween(day: string, other: string): number {
  return Math.round((Date.parse(`${other}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / DAY_MS);
}

/** How near a due day is: before the day of as_of, within 7 days of it, within 14, or later. */
export function bucketOf(daysLeft: number): RiskBucket {
  if (daysLeft < 0) return 'OVERDUE';
  if (daysLeft <= 7) return 'DUE_7D';
  return daysLeft <= 14 ? 'DUE_14D' : 'SAFE';
}
