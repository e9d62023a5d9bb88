import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError } from '../trouble/trouble.mjs';
import { entriesFor } from './lists.mjs';
import { checkRequest } from './request.mjs';
import { filesFor } from './templates.mjs';

/** A service to write; `caller` is the workload that may call it. @typedef {{ name: string, caller: string }} Request */

/**
 * Writes a service into a git work tree. Everything is prepared before the first file is written.
 * @param {string} root the repository
 * @param {Request} request
 * @returns {string[]} a line for each file: whether it is new or has an entry more, and its path
 * @throws {SetupError} one sentence; then nothing is changed
 */
export function newService(root, request) {
  checkRequest(root, request);
  const created = filesFor(root, request);
  const changed = entriesFor(root, request.name);
  const all = [...created, ...changed];
  for (const [path, text] of all) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  // As npm links a workspace; so that nothing has to be installed.
  const link = join(root, 'node_modules/@tuesday', request.name);
  rmSync(link, { force: true });
  symlinkSync(`../../services/${request.name}`, link);
  // A long name may need other line breaks.
  const prettier = [join(root, 'node_modules/prettier/bin/prettier.cjs'), '--write', '--ignore-unknown'];
  const args = [...prettier, '--log-level=warn', ...all.map(([path]) => path)];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new SetupError(`The service is written, but prettier failed: ${stderr.trim()}`);
  return [...created.map(([path]) => `new      ${path}`), ...changed.map(([path]) => `changed  ${path}`)];
}
