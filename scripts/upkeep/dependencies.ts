import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Section } from './section';

interface LockEntry {
  version?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  deprecated?: string;
}

interface Lock {
  packages: Record<string, LockEntry>;
}

interface Installed {
  license?: string | { type?: string };
  licenses?: { type?: string }[];
  deprecated?: string | boolean;
}

/** Licences that ask nothing of a service but to name the authors; in a choice (OR) one of them is enough. */
const PERMISSIVE: ReadonlySet<string> = new Set([
  'MIT', 'MIT/X11', 'ISC', 'Apache-2.0', 'BSD', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0',
  'Zlib', 'Python-2.0', 'CC-BY-4.0',
]); // prettier-ignore

/**
 * The installed packages by the lock and by what they say of themselves: how many, under which licences, and which are
 * given up. When a package was last published no lock tells.
 */
export function dependencies(root: string): Section[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const { dependencies: direct = {}, devDependencies: directDev = {} } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  // Packages of other platforms stand in the lock and are not there.
  const entries = Object.entries(packages).filter(([path]) => path !== '' && existsSync(join(root, path)));
  const product = entries.filter(([, { dev }]) => dev !== true);
  return [
    {
      check: 'packages installed',
      found: `${product.length} with the product (${Object.keys(direct).length} named), ${entries.length - product.length} for development (${Object.keys(directDev).length} named)`,
      findings: [],
    },
    licences(root, product, 'product'),
    // Nothing of these is handed on to anybody, so any licence that lets them be used will do; they are named all the same.
    asInformation(
      licences(
        root,
        entries.filter(([, { dev }]) => dev === true),
        'development',
      ),
    ),
    givenUp(root, entries),
  ];
}

function licences(root: string, entries: readonly [string, LockEntry][], of: string): Section {
  const counts = new Map<string, number>();
  const findings: string[] = [];
  for (const [path, entry] of entries) {
    const licence = entry.license ?? ofPackage(root, path) ?? 'none stated';
    counts.set(licence, (counts.get(licence) ?? 0) + 1);
    if (!isPermissive(licence)) findings.push(`${nameOf(path)} ${entry.version}: ${licence}`);
  }
  const found = [...counts].sort(([, a], [, b]) => b - a).map(([licence, count]) => `${count} ${licence}`);
  return { check: `licences, ${of}`, found: found.join(', '), findings };
}

function asInformation({ check, found, findings }: Section): Section {
  return { check, found: findings.length === 0 ? found : `${found} (${findings.join('; ')})`, findings: [] };
}

function isPermissive(expression: string): boolean {
  const choices = expression.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((licence) => PERMISSIVE.has(licence.trim())));
}

function ofPackage(root: string, path: string): string | undefined {
  const { license, licenses } = manifest(root, path);
  const named = typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type);
  return named ?? (hasLicenceOfMit(join(root, path)) ? 'MIT' : undefined);
}

/** Old packages have the text of their licence and no name of it. */
function hasLicenceOfMit(folder: string): boolean {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|readme)/i.test(name));
  return files.some((name) =>
    /Permission is hereby granted, free of charge/.test(readFileSync(join(folder, name), 'utf8')),
  );
}

function givenUp(root: string, entries: readonly [string, LockEntry][]): Section {
  const findings = entries.flatMap(([path, { version, deprecated, dev }]) => {
    const said = deprecated ?? manifest(root, path).deprecated;
    return said === undefined || said === false
      ? []
      : [`${nameOf(path)} ${version}${dev ? ' (development)' : ''}: ${String(said)}`];
  });
  return { check: 'packages marked as given up', found: String(findings.length), findings };
}

function manifest(root: string, path: string): Installed {
  return JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as Installed;
}

function nameOf(path: string): string {
  return path.replace(/^.*node_modules\//, '');
}
