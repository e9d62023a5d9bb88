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
 * Stands in for running commands: remembers them, and answers as the script says.
 * @param {(line: string, place: import('./command.mjs').Place) => { code?: number, output?: string } | void | Promise<{ code?: number, output?: string } | void>} [script]
 */
export function fakeRun(script = () => {}) {
  /** @type {string[]} */
  const lines = [];
  /** @type {import('./command.mjs').Run} */
  const run = async (command, args, place) => {
    const line = [command, ...args].join(' ');
    lines.push(line);
    const { code = 0, output = '' } = (await script(line, place)) ?? {};
    return { code, output, stdout: output };
  };
  return { run, lines };
}

/** Progress that says nothing. */
export const quiet = {
  spoke: () => false,
  note: () => {},
  stage: async (/** @type {any} */ _name, /** @type {any} */ _doing, /** @type {any} */ work) => (await work()).result,
};
