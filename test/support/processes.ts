import { readFileSync, readdirSync } from 'node:fs';

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

// A process may end between the listing and the reading.
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
