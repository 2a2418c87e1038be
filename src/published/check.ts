/** One line of a verdict. A FAIL says what to do about it. */
export interface Check {
  name: string;
  status: 'OK' | 'WARN' | 'FAIL';
  detail: string;
  action?: string;
}

/** Whether any check failed; a warning is no failure. */
export function hasFailed(checks: readonly Check[]): boolean {
  return checks.some((check) => check.status === 'FAIL');
}
