export const RISK_LEVELS = ['HIGH', 'MEDIUM', 'LOW'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** From here on an error is as likely as not. */
export const HIGH_RISK = 0.5;
/** From here on one order in five has it. */
export const MEDIUM_RISK = 0.2;

/** The word for a risk score, 0..1. */
export function riskLevel(score: number): RiskLevel {
  if (score >= HIGH_RISK) return 'HIGH';
  return score >= MEDIUM_RISK ? 'MEDIUM' : 'LOW';
}
