import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Section } from './section';

const LONGEST = 500;
const FOLDERS = /^(src|libs|migrations|test|scripts)\//;
const CODE = /\.(ts|sql|mjs|cjs|sh)$/;

/** Files of code and their lines. @param files of the repository */
export function longFiles(root: string, files: readonly string[]): Section {
  const lengths = files
    .filter((file) => FOLDERS.test(file) && CODE.test(file))
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .sort((a, b) => a.lines - b.lines);
  const at = (share: number): number => lengths[Math.floor(share * (lengths.length - 1))].lines;
  return {
    check: `files over ${LONGEST} lines`,
    found: `${lengths.length} files; lines: median ${at(0.5)}, 95 % at most ${at(0.95)}, longest ${at(1)}`,
    findings: lengths.filter(({ lines }) => lines > LONGEST).map(({ file, lines }) => `${file}: ${lines} lines`),
  };
}
