import { relative } from 'node:path';

/** How many lines of a failure's message are repeated at the end of a run. */
const LINES = 8;

/**
 * Lists the failures of a run from the file that jest --json writes, for the end of a long log, which people read first.
 * @param {any} report
 * @param {string} [root] the folder to which paths are relative
 * @returns {string[]} one failure each: file and test in the first line, then the beginning of its message without colours
 */
export function failuresOf({ testResults }, root = process.cwd()) {
  return testResults.flatMap((/** @type {any} */ { name, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((/** @type {any} */ { status }) => status === 'failed');
    if (failed.length === 0 && assertionResults.length === 0 && message) return [describeFailure(file, message)];
    return failed.map((/** @type {any} */ { fullName, failureMessages }) =>
      describeFailure(`${file} › ${fullName}`, failureMessages.join('\n')),
    );
  });
}

/** @param {string} heading @param {string} message */
function describeFailure(heading, message) {
  const lines = message
    // eslint-disable-next-line no-control-regex -- colours begin with that character
    .replaceAll(/\u001B\[[\d;]*m/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, LINES);
  return [heading, ...lines.map((line) => `    ${line}`)].join('\n');
}
