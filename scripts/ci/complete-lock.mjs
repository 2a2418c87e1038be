// Adds to package-lock.json the platform packages that `npm install` left out. Run after every change of dependencies.
//
// Why: a registry mirror may not have the packages of other platforms (@swc/core-darwin-arm64, …). npm then drops them
// from the lock it writes, and `npm ci` refuses that lock on every machine ("Missing: … from lock file", npm/cli#9846).
// Entries with version, os and cpu are enough: npm never asks for a package whose platform is not its own.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(FILE, 'utf8'));

/** os, cpu and libc of a platform package, which all of them write into their names. */
function platform(name) {
  const match = /(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-([a-z]+))?$/.exec(name);
  if (!match) throw new Error(`${name}: no platform in its name; add it to the lock by hand.`);
  const [, os, cpu, abi = ''] = match;
  const libc = os !== 'linux' ? [] : abi.startsWith('musl') ? ['musl'] : abi.startsWith('gnu') ? ['glibc'] : [];
  return { os: [os], cpu: [cpu], ...(libc.length > 0 ? { libc } : {}) };
}

const known = new Set(Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, '')));
const added = {};
for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (known.has(name)) continue;
    const { os, cpu, libc } = platform(name);
    const dev = parent.dev ? { dev: true } : {};
    added[`node_modules/${name}`] = { version, cpu, ...dev, ...(libc ? { libc } : {}), optional: true, os };
  }
}
if (process.argv.includes('--check')) {
  const names = Object.keys(added);
  if (names.length > 0) {
    console.error(`package-lock.json lacks ${names.join(', ')}: run node scripts/ci/complete-lock.mjs`);
    process.exitCode = 1;
  }
} else {
  const entries = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(entries);
  writeFileSync(FILE, JSON.stringify(lock, null, 2) + '\n');
  console.log(`${Object.keys(added).length} packages added`);
}
