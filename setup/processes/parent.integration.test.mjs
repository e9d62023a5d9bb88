import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const parent = fileURLToPath(new URL('parent.mjs', import.meta.url));

/** @param {string} code */
function child(code) {
  const env = { ...process.env, NODE_OPTIONS: '' };
  return spawn(process.execPath, ['--import', parent, '-e', code], {
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}

test('When the launcher is gone, then the process that it started gets SIGTERM', async () => {
  const started = child("console.log('up'); setInterval(() => {}, 1e6)");
  await once(/** @type {import('node:stream').Readable} */ (started.stdout), 'data');
  started.disconnect();
  await expect(once(started, 'exit')).resolves.toEqual([null, 'SIGTERM']);
});

test('When a command has done its work, then it ends without waiting for the launcher', async () => {
  await expect(once(child('1'), 'exit')).resolves.toEqual([0, null]);
});
