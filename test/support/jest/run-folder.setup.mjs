import { chmod, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes the folder that holds the temporary folders of all test files of one run; `run-folder.teardown.mjs` removes it.
 * @returns {Promise<string>} the folder above, for what is not of one test file
 */
export default async function makeRunFolder() {
  if (globalThis.testRunFolder) return globalThis.testRunFolder;
  const above = await mkdtemp(join(tmpdir(), 'tuesday-unit-'));
  globalThis.testRunFolder = above;
  process.env['TMPDIR'] = join(above, 't');
  await mkdir(process.env['TMPDIR']);
  await chmod(above, 0o711); // root runs PostgreSQL as another user, who must be able to enter
  return above;
}
