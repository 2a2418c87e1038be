import { readdirSync, readFileSync } from 'node:fs';

const KIB = 1024;
/** The same file again ends within 200 ms. */
const SAMPLE_MS = 50;
/** A map of PostgreSQL's shared memory is walked for every process at each look, which takes the kernel some milliseconds. */
const SERVER_SAMPLE_MS = 500;

/**
 * The most memory this process ever had resident, in bytes. Not process.resourceUsage().maxRSS where it can be helped:
 * Linux hands that figure on through fork and exec, so a child of a large parent starts with its parent's.
 */
export function ownPeakBytes(): number {
  return readField('/proc/self/status', 'VmHWM') ?? process.resourceUsage().maxRSS * KIB;
}

export interface MemoryPeaks {
  /** of the command and whatever it started, together; each process counted with its own highest so far */
  nodeBytes: number;
  /** of the server's processes, pages they share counted once */
  serverBytes: number;
}

/** Looks at two trees of processes until stopped. Linux only: elsewhere the peaks are NaN. */
export class MemoryWatch {
  /** so far */
  readonly peaks: MemoryPeaks = { nodeBytes: NaN, serverBytes: NaN };
  private readonly timers: NodeJS.Timeout[];

  constructor(commandPid: number, serverPid: number) {
    this.look(serverPid, 'serverBytes', '/smaps_rollup', 'Pss');
    this.timers = [
      setInterval(() => this.look(commandPid, 'nodeBytes', '/status', 'VmHWM'), SAMPLE_MS),
      setInterval(() => this.look(serverPid, 'serverBytes', '/smaps_rollup', 'Pss'), SERVER_SAMPLE_MS),
    ];
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private look(root: number, peak: keyof MemoryPeaks, file: string, field: string): void {
    const sizes = processTree(root).map((pid) => readField(`/proc/${pid}${file}`, field) ?? 0);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    if (bytes > 0 && !(bytes <= this.peaks[peak])) this.peaks[peak] = bytes;
  }
}

/** A process and all below it that live now; nothing when it has ended, or where there is no /proc. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readNames('/proc')) {
    const stat = /^\d+$/.test(name) ? readText(`/proc/${name}/stat`) : undefined;
    if (stat === undefined) continue;
    // The name in parentheses may hold spaces and parentheses; state and parent follow its last one.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = readText(`/proc/${root}/stat`) === undefined ? [] : [root];
  for (let i = 0; i < tree.length; i++) tree.push(...(children.get(tree[i]) ?? []));
  return tree;
}

/** `VmHWM:   1234 kB` in bytes. */
function readField(path: string, field: string): number | undefined {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readText(path) ?? '');
  return match ? Number(match[1]) * KIB : undefined;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function readNames(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
