import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/**
 * Processes that carry `mark` in their environment or command line: whatever a shop started, however deep, since its
 * state folder is in the environment of each. Linux only (/proc); gives pid and command line.
 */
export function processesOf(mark: string): { pid: number; command: string }[] {
  const found: { pid: number; command: string }[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    const command = read(`/proc/${entry}/cmdline`);
    if (command && `${command}\0${read(`/proc/${entry}/environ`)}`.includes(mark))
      found.push({ pid: Number(entry), command: command.replaceAll('\0', ' ').slice(0, 120) });
  }
  return found;
}

/** How many inotify instances those processes hold; an ordinary user has 128 for everything (fs.inotify.max_user_instances). */
export function inotifyInstances(mark: string): number {
  return processesOf(mark)
    .flatMap(({ pid }) => descriptorsOf(pid))
    .filter((target) => target === 'anon_inode:inotify').length;
}

function descriptorsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

// A process may end between the listing and the reading.
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
