// The only file that sends signals to other processes: to the system, 0 names the sender's whole group and -1 every process
// of the user. An id that was read too early from a file, or of a container that does not run, is 0.

/** @param {number} pid */
const isProcess = (pid) => Number.isInteger(pid) && pid > 1;

/**
 * Sends a signal to one process; the signal 0 only looks.
 * @param {number} pid
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether there is such a process
 * @throws {RangeError} when `pid` is not the id of a process, or is 1, which is not the shop's; the system's error when the process is another user's
 */
export function sendSignal(pid, signal) {
  if (!isProcess(pid)) throw new RangeError(`${pid} is not the id of a process that may get a signal.`);
  return send(pid, signal);
}

/**
 * Sends a signal to every process of a group; the signal 0 only looks.
 * @param {number | undefined} leader the id of the group; undefined for a program that could not be started
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether there is such a group
 * @throws {RangeError} as sendSignal
 */
export function sendSignalToGroup(leader, signal) {
  if (leader === undefined) return false;
  if (!isProcess(leader)) throw new RangeError(`${leader} is not the id of a process group that may get a signal.`);
  return send(-leader, signal);
}

/** @param {number} target @param {NodeJS.Signals | 0} signal */
function send(target, signal) {
  try {
    return process.kill(target, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') return false;
    throw error;
  }
}

/** Whether a process with this id runs, of whichever user; in a container the set-up itself can be process 1. @param {number} pid @returns {boolean} */
export function isAlive(pid) {
  if (pid !== 1 && !isProcess(pid)) return false;
  try {
    return send(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
