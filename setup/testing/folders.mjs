import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A new folder with these files, for one test. @param {Record<string, string>} [files] @returns {string} */
export function folderOf(files = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tuesday-setup-'));
  for (const [path, text] of Object.entries(files)) write(folder, path, text);
  return folder;
}

/** @param {string} folder @param {string} path @param {string} text */
export function write(folder, path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/**
 * Stands in for running commands: records them and answers with the script's results.
 * @param {(line: string, options: import('../processes/command.mjs').RunOptions) => { code?: number, output?: string } | void | Promise<{ code?: number, output?: string } | void>} [script]
 */
export function fakeRun(script = () => {}) {
  /** @type {string[]} */
  const lines = [];
  /** @type {import('../processes/command.mjs').Run} */
  const run = async (command, args, options) => {
    const line = [command, ...args].join(' ');
    lines.push(line);
    const { code = 0, output = '' } = (await script(line, options)) ?? {};
    return { code, output, stdout: output };
  };
  return { run, lines };
}

/** Progress that prints nothing. */
export const quiet = {
  wait: () => () => '',
  stage: async (/** @type {string} */ _name, /** @type {string} */ _doing, /** @type {() => Promise<string>} */ work) =>
    void (await work()),
};
