import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Names a running process, such as `4711@1834523`: its id, and when it started, because the system gives an id again.
 * @param {number} [pid]
 * @returns {string | undefined} undefined when there is no such process
 */
export function identityOf(pid = process.pid) {
  const start = process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
  return start === undefined ? undefined : `${pid}@${start}`;
}

/** The process id in an identity; NaN in another text. @param {string} identity */
export const pidOf = (identity) => Number.parseInt(identity, 10);

/** Whether the process that an identity names still runs. @param {string} identity */
export const isRunning = (identity) => identity.includes('@') && identityOf(pidOf(identity)) === identity;

/** Field 22 of /proc/PID/stat (proc(5)), in ticks since boot. The second field, the command, may hold spaces. @param {number} pid */
function startFromProc(pid) {
  try {
    const { 0: state, 19: start } = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return state === 'Z' ? undefined : start;
  } catch {
    return undefined;
  }
}

/** In ms since 1970, to the second. @param {number} pid */
function startFromPs(pid) {
  try {
    const options = /** @type {const} */ ({ encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, timeout: 5_000 });
    return `${Date.parse(execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], options))}`;
  } catch {
    return undefined;
  }
}
