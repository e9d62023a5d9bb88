/** At most as many warnings and errors of a pod, and as many of its last lines, are shown. */
const MOST = 5;
/** A longer line is cut, in characters. */
const LONGEST = 400;

const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?/;
const TROUBLE = /"level":[456]0|\b(?:WARNING|ERROR|FATAL|PANIC)\b|\[(?:warning|error|critical)\]/;

/**
 * The lines of a log that were written in a stretch of time: its last warnings and errors, and its last lines. The services,
 * PostgreSQL and Envoy all begin their lines with the time in UTC; a line without one belongs to the line before it.
 * @param {string} log
 * @param {{ from: number, to: number }} window in milliseconds since 1970
 * @returns {string[]} in the order of the log; empty if nothing was written then
 */
export function linesWithin(log, { from, to }) {
  let time = NaN;
  const within = log.split('\n').filter((line) => {
    const written = TIME.exec(line.slice(0, 120))?.[0];
    if (written) time = Date.parse(`${written.replace(' ', 'T')}Z`);
    return line.trim() !== '' && time >= from && time <= to;
  });
  const kept = new Set([...within.filter((line) => TROUBLE.test(line)).slice(-MOST), ...within.slice(-MOST)]);
  return within
    .filter((line) => kept.has(line))
    .map((line) => (line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line));
}
