/** One line of a verdict. A FAIL says what to do about it. */
export interface Check {
  name: string;
  status: 'OK' | 'WARN' | 'FAIL';
  detail: string;
  action?: string;
}

export function hasFailed(checks: readonly Check[]): boolean {
  return checks.some((check) => check.status === 'FAIL');
}
