// Fails when an installed package has a known vulnerability of high severity. A registry without advisories is told so
// and passes: not to know is no finding.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--json', '--audit-level=high'], { encoding: 'utf8' });
let answer;
try {
  answer = JSON.parse(stdout);
} catch {
  answer = {};
}
const counts = answer.metadata?.vulnerabilities;
if (counts === undefined) {
  console.log(`The registry answers no advisories: ${answer.message ?? 'no answer'}`);
} else {
  const found = counts.high + counts.critical;
  console.log(`${found} packages with findings of high severity or more.`);
  for (const [name, { severity, range }] of Object.entries(answer.vulnerabilities)) {
    if (severity === 'high' || severity === 'critical') console.log(`  ${name} ${range}: ${severity}`);
  }
  process.exitCode = found > 0 ? 1 : 0;
}
