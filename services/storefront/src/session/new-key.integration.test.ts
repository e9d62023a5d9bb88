import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sessionKeysSchema } from './keys.ts';

const PROGRAM = fileURLToPath(new URL('new-key.ts', import.meta.url));
const run = (...words: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) =>
    execFile(process.execPath, [PROGRAM, ...words], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );

test('When a key is made, then the file has the private half for its owner alone, and the screen the public half', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'session-key-'));
  const file = join(folder, 'keys.json');
  const { code, out, err } = await run(file);
  expect([code, err]).toEqual([0, '']);
  const [key] = sessionKeysSchema.parse(await readFile(file, 'utf8'));
  const { kid, ...publicHalf } = (JSON.parse(out) as { keys: [{ kid: string }] }).keys[0];
  expect([kid, publicHalf]).toEqual([key.id, { alg: 'ES256', use: 'sig', ...key.publicKey.export({ format: 'jwk' }) }]);
  expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
  expect(await run(file)).toEqual({ code: 1, out: '', err: `${file} exists. Choose another name, or move it away.\n` });
  await rm(folder, { recursive: true });
});

test('When no file is named, or it cannot be written, then one sentence says so', async () => {
  expect((await run()).err).toBe('Which file? For example: npm run session:key -- keys.json\n');
  expect((await run('/nowhere/keys.json')).err).toMatch(/^\/nowhere\/keys\.json cannot be written: ENOENT.*\n$/);
});
