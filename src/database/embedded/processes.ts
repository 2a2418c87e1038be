import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What the system says of a living process. */
export interface ProcessInfo {
  /** When it started: with the pid it names one process, however often pids are given again. */
  startedAt: string;
  /** Its command line, arguments separated by spaces. */
  command: string;
}

/** The living process with this pid, or undefined; a zombie does not live. */
export function processInfo(pid: number): ProcessInfo | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): ProcessInfo | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces and parentheses; the numbered fields follow its last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0];
    if (state === 'Z' || state === 'X') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    // It has given its memory back and is about to be a zombie, which on a busy machine takes a while.
    return command === '' ? undefined : { startedAt: fields[19], command };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): ProcessInfo | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'state=,lstart=,args=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    }).trim();
    // lstart is always 24 characters: 'Thu Nov 20 10:15:30 2026'.
    const match = /^(\S+)\s+(.{24})\s+(.*)$/.exec(line);
    return match && !match[1].startsWith('Z') ? { startedAt: match[2], command: match[3] } : undefined;
  } catch {
    return undefined;
  }
}
