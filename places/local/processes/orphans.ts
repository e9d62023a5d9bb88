import { sendSignal } from '../../../setup/processes/signal.mjs';
import { processIds, readProcess } from './proc.ts';

/**
 * Ends the orphans of a killed runner whose guard was killed too, and gives their ids: the processes
 * whose environment has TUESDAY_ENDPOINTS in this state folder. Linux only; on other systems the guard must be enough.
 * PostgreSQL has no such variable: its next start ends the old server by its pid file (postgres/data.ts).
 */
export function endOrphans(state: string): number[] {
  if (process.platform !== 'linux') return [];
  const mark = `\0TUESDAY_ENDPOINTS=${state}/`;
  return processIds()
    .filter((pid) => pid !== process.pid && `\0${readProcess(pid, 'environ')}\0`.includes(mark))
    .filter(kill);
}

function kill(pid: number): boolean {
  try {
    return sendSignal(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
