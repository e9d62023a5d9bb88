import { openFiles, processIds, readProcess } from '../../places/local/processes/proc.ts';

/**
 * Processes with `mark` in their environment or command line. Every process of a shop, children included, has its state
 * folder there. Linux only (/proc); gives pid and command line.
 */
export function processesOf(mark: string): { pid: number; command: string }[] {
  return processIds().flatMap((pid) => {
    const command = pid === process.pid ? '' : readProcess(pid, 'cmdline');
    if (!command || !`${command}\0${readProcess(pid, 'environ')}`.includes(mark)) return [];
    return [{ pid, command: command.replaceAll('\0', ' ').slice(0, 120) }];
  });
}

/** How many inotify instances those processes hold; an ordinary user has 128 for everything (fs.inotify.max_user_instances). */
export function inotifyInstances(mark: string): number {
  const files = processesOf(mark).flatMap(({ pid }) => openFiles(pid));
  return files.filter((file) => file === 'anon_inode:inotify').length;
}
