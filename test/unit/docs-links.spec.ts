import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Every Markdown file of the working tree that is, or is about to be, tracked. */
const FILES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: ROOT })
  .toString()
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(ROOT, file)));
const SCRIPTS = new Set(
  Object.keys((JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts),
);

/** What the command line knows, by the names that its sources declare. */
const COMMANDS = new Set(
  execFileSync('git', ['grep', '-hoE', "\\.command\\('[a-z-]+'", '--', 'src/cli'], { cwd: ROOT })
    .toString()
    .split('\n')
    .map((line) => line.split("'")[1]),
);

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
/** Without code blocks, in which brackets are no links. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** GitHub's anchors of a page's headings. */
function anchors(text: string): Set<string> {
  const headings = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, title]) => title);
  return new Set(
    headings.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function brokenLinks(file: string): string[] {
  const targets = [...prose(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [path, anchor] = target.split('#');
    const found = path === '' ? join(ROOT, file) : resolve(ROOT, dirname(file), path);
    if (!existsSync(found)) return true;
    return anchor !== undefined && !anchors(readFileSync(found, 'utf8')).has(anchor);
  });
}

describe('the documents', () => {
  it('are there', () => {
    expect(FILES).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/architecture.md']));
  });

  it.each(FILES)('%s links to what exists', (file) => {
    expect(brokenLinks(file)).toEqual([]);
  });

  it.each(FILES)('%s names npm scripts that exist', (file) => {
    const named = [...read(file).matchAll(/npm run (?:-s |--silent )?([a-z][\w:-]*)/g)].map(([, name]) => name);
    expect(named.filter((name) => !SCRIPTS.has(name))).toEqual([]);
  });

  it.each(FILES)('%s names commands of the command line that exist', (file) => {
    const named = [...read(file).matchAll(/npm run (?:-s |--silent )?cli -- ([a-z][a-z-]*)/g)].map(([, name]) => name);
    expect(named.filter((name) => !COMMANDS.has(name))).toEqual([]);
  });

  it('are all reached from the README', () => {
    const reached = new Set<string>(['README.md']);
    for (const file of reached) {
      for (const [, target] of prose(read(file)).matchAll(/\]\(([^)\s#]+)[^)\s]*\)/g)) {
        const path = resolve(ROOT, dirname(file), target).slice(ROOT.length + 1);
        if (FILES.includes(path)) reached.add(path);
        // A link to a folder leads to the documents in it.
        for (const inside of FILES.filter((other) => dirname(other) === path)) reached.add(inside);
      }
    }
    expect(FILES.filter((file) => file.startsWith('docs/') && !reached.has(file))).toEqual([]);
  });
});

describe('the scripts of package.json', () => {
  it('start files that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const sources = Object.values(scripts).flatMap((script) =>
      // What stands in dist is built from the source of the same name.
      [...script.matchAll(/(?:dist\/)?((?:src|scripts)\/[\w/.-]+)/g)].map(([, path]) => path.replace(/\.js$/, '.ts')),
    );
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
