import { relative } from 'node:path';

/** How many lines of a failure's message are repeated at the end of a run. */
const LINES = 8;

/** The first line of a failure message that holds logs of pods; the environment of the e2e tests writes it. */
export const LOGS = 'Logs of the pods while this test ran:';

/**
 * Lists the failures of a run from the file that jest --json writes, for the end of a long log, which people read first.
 * @param {any} report
 * @param {string} [root] the folder to which paths are relative
 * @returns {string[]} one failure each: file and test in the first line, then the beginning of its message without colours,
 *   what the shop's pods logged meanwhile, and the command that runs it alone
 */
export function failuresOf({ testResults, ran }, root = process.cwd()) {
  return testResults.flatMap((/** @type {any} */ { name, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((/** @type {any} */ { status }) => status === 'failed');
    if (failed.length === 0 && assertionResults.length === 0 && message)
      return [describeFailure(file, [message], aloneCommand({ file, ran }))];
    return failed.map((/** @type {any} */ { fullName, failureMessages }) =>
      describeFailure(`${file} › ${fullName}`, failureMessages, aloneCommand({ file, title: fullName, ran })),
    );
  });
}

/** @param {string} heading @param {string[]} messages @param {string} command */
function describeFailure(heading, messages, command) {
  const isLogs = (/** @type {string} */ message) => message.includes(LOGS);
  const lines = linesOf(messages.filter((message) => !isLogs(message)).join('\n')).slice(0, LINES);
  const logs = messages.filter(isLogs).flatMap(linesOf);
  return [heading, ...[...lines, ...logs, `run it alone: ${command}`].map((line) => `    ${line}`)].join('\n');
}

/** @param {string} text */
function linesOf(text) {
  return (
    text
      // eslint-disable-next-line no-control-regex -- colours begin with that character
      .replaceAll(/\u001B\[[\d;]*m/g, '')
      .split('\n')
      .filter((line) => line.trim() !== '')
  );
}

/**
 * The command that runs one test file, or one test of it, in the same place and size.
 * @param {{ file: string, title?: string, ran?: { place: string, size: string } }} failed
 * @returns {string} for a shell
 */
export function aloneCommand({ file, title, ran }) {
  const settings = [
    ...(ran && ran.place !== 'local' ? [`PLACE=${ran.place}`] : []),
    ...(ran?.size === 'full' ? ['SIZE=full'] : []),
  ];
  return [...settings, 'npm test --', quoted(file), ...(title ? ['-t', quoted(title)] : [])].join(' ');
}

/** @param {string} word */
const quoted = (word) => (/^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);
