import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

// Linux's /proc, as proc(5) describes it. A process may end between the listing and the reading, and some files only
// its owner can read: what cannot be read is empty.

/** The ids of all processes. Throws the system's error where there is no /proc. */
export function processIds(): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
}

/** The text of a file in /proc/PID; '' when it cannot be read. */
export function readProcess(pid: number, file: 'cmdline' | 'comm' | 'environ' | 'smaps_rollup' | 'stat'): string {
  return read(() => readFileSync(`/proc/${pid}/${file}`, 'utf8')) ?? '';
}

/** The fields of /proc/PID/stat from the third on: state, parent, …; none when it cannot be read. The second, the command, may hold spaces. */
export function statFields(pid: number): string[] {
  const text = readProcess(pid, 'stat');
  return text === '' ? [] : text.replace(/^.*\) /s, '').split(' ');
}

/** The parent of each process. Throws the system's error where there is no /proc. */
export function parentsFromProc(): Map<number, number> {
  const rows = processIds().map((pid) => [pid, Number(statFields(pid)[1])] as const);
  return new Map(rows.filter(([, parent]) => Number.isFinite(parent)));
}

/** The open files of a process: paths, and names such as `socket:[12345]`; empty when it cannot be read. */
export function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  const descriptors = read(() => readdirSync(folder)) ?? [];
  return descriptors.flatMap((descriptor) => read(() => readlinkSync(`${folder}/${descriptor}`)) ?? []);
}

/** The path of the program that a process runs; '' when it cannot be read. */
export function programFile(pid: number): string {
  return (read(() => readlinkSync(`/proc/${pid}/exe`)) ?? '').replace(/ \(deleted\)$/, '');
}

/** The sockets that listen on a TCP port, named as `openFiles` names them. */
export function listeningSockets(port: number): string[] {
  const address = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(
    (file) =>
      read(() => readFileSync(file, 'utf8'))
        ?.split('\n')
        .slice(1) ?? [],
  );
  // The columns: number, local address, remote address, state (0A is listening), …, inode.
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(address) && state === '0A')
    .map((row) => `socket:[${row[9]}]`);
}

function read<T>(reader: () => T): T | undefined {
  try {
    return reader();
  } catch {
    return undefined;
  }
}
