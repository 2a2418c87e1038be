import { execFileSync } from 'node:child_process';

const IN_EFFECT = 'Intl.DateTimeFormat().resolvedOptions().timeZone';

/** @throws Error when a process of that TZ would run in another zone than the one that is meant */
export function assertTakesEffect(zone: string): void {
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
  const env = { ...process.env, TZ: zone };
  const inEffect = execFileSync(process.execPath, ['-p', IN_EFFECT], { env, encoding: 'utf8' }).trim();
  if (inEffect !== timeZone) throw new Error(`TZ=${zone} does not take effect: the zone is ${inEffect} then.`);
}
