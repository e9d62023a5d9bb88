import { relative } from 'node:path';

/** Lines of a failure's message that are worth repeating at the end of a run. */
const LINES = 8;

/**
 * Names what failed in a run, from the file that jest --json writes: a log is long, and its end is what people read.
 * @param {any} report
 * @param {string} [root] what paths are told from
 * @returns {string[]} a failure each: file and test in the first line, the beginning of its message below, colours taken out
 */
export function failuresOf({ testResults }, root = process.cwd()) {
  return testResults.flatMap((/** @type {any} */ { name, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((/** @type {any} */ { status }) => status === 'failed');
    if (failed.length === 0 && assertionResults.length === 0 && message) return [told(file, message)];
    return failed.map((/** @type {any} */ { fullName, failureMessages }) =>
      told(`${file} › ${fullName}`, failureMessages.join('\n')),
    );
  });
}

/** @param {string} head @param {string} message */
function told(head, message) {
  const lines = message
    // eslint-disable-next-line no-control-regex -- colours begin with that character
    .replaceAll(/\u001B\[[\d;]*m/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, LINES);
  return [head, ...lines.map((line) => `    ${line}`)].join('\n');
}
