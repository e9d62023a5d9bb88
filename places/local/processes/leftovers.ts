import { processIds, readProcess } from './proc.ts';

/**
 * Ends what a killed runner left behind if its guard was killed with it: processes whose environment names a file
 * of this state folder as their endpoints. Linux only; elsewhere the guard has to do. PostgreSQL carries no such mark: its next start ends the
 * old one by its pid file.
 */
export function endLeftovers(state: string): number[] {
  if (process.platform !== 'linux') return [];
  const mark = `\0TUESDAY_ENDPOINTS=${state}/`;
  return processIds()
    .filter((pid) => pid !== process.pid && `\0${readProcess(pid, 'environ')}\0`.includes(mark))
    .filter(kill);
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
