import { readFileSync, readdirSync } from 'node:fs';

/**
 * Ends what a killed runner left behind if its guard was killed with it: processes whose environment names a file
 * of this state folder as their endpoints. Linux only; elsewhere the guard has to do. PostgreSQL carries no such mark: its next start ends the
 * old one by its pid file.
 */
export function endLeftovers(state: string): number[] {
  if (process.platform !== 'linux') return [];
  const mark = `\0TUESDAY_ENDPOINTS=${state}/`;
  const pids = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((pid) => `\0${environmentOf(pid)}\0`.includes(mark))
    .map(Number);
  return pids.filter(kill);
}

// Somebody else's process does not tell, and one may end between the listing and the reading.
function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
