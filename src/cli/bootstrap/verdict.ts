import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, hasFailed } from '../../published/check';

/** Leaves RELEASE_BLOCKED.md in the reports folder while a check fails, and takes it away when none does. */
export function writeVerdict(reportsDir: string, checks: readonly Check[]): void {
  const file = join(reportsDir, 'RELEASE_BLOCKED.md');
  if (!hasFailed(checks)) {
    rmSync(file, { force: true });
    return;
  }
  const failed = checks.filter((check) => check.status === 'FAIL');
  const lines = failed.map(
    (check) => `- **${check.name}**: ${check.detail}\n  - To do: ${check.action ?? 'see above'}`,
  );
  mkdirSync(reportsDir, { recursive: true });
  writeFileSync(file, `# Release blocked\n\n${lines.join('\n')}\n`);
}
