/** What a healthy process never writes: an error that no code has caught, a warning that it leaks listeners or uses what will go, pino's level 60. */
const TROUBLE =
  /unhandledRejection|uncaughtException|UnhandledPromiseRejection|MaxListenersExceededWarning|DeprecationWarning|"level":60\b|^Node\.js v\d/;

/** At most as many lines are given, and as many characters of each. */
const [MOST, LONGEST] = [10, 400];

/**
 * The lines of a log, or of a part of one, that no test may cause.
 * @param {string} log
 * @returns {string[]} in the order of the log; a crash's last line, `Node.js v24…`, comes with the stack trace before it
 */
export function troubleIn(log) {
  const lines = log.split('\n');
  return lines
    .flatMap((line, index) => (TROUBLE.test(line) ? [...crashBefore(lines, index), line] : []))
    .slice(0, MOST)
    .map((line) => line.slice(0, LONGEST));
}

/** @param {string[]} lines @param {number} index */
function crashBefore(lines, index) {
  return lines[index]?.startsWith('Node.js v') ? lines.slice(Math.max(0, index - 6), index).filter(Boolean) : [];
}
