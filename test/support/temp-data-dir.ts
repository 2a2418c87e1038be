import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A new temporary DATA_DIR for the embedded engine. mkdtemp alone makes it 0700: as root the server runs under another
 * account, could not get in, and its data would go to /var/lib/prodplan and stay there.
 */
export function tempDataDir(purpose: string): string {
  const dir = mkdtempSync(join(tmpdir(), `prodplan-${purpose}-`));
  chmodSync(dir, 0o755);
  return dir;
}
