import { expect, test } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fresh } from './fresh.ts';

/** A repository with a commit, and with changes that are not committed. */
function repository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tuesday-repository-'));
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd: folder });
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  git('init', '-q');
  for (const file of ['kept', 'changed', 'removed']) write(file, 'old');
  write('.gitignore', 'ignored\n');
  git('add', '.');
  git('commit', '-qm', 'first');
  write('changed', 'new');
  write('added', 'new');
  write('ignored', 'new');
  rmSync(join(folder, 'removed'));
  return folder;
}

test('When a fresh clone is made, then it is what git would have, with an empty home and nothing of this set-up', async () => {
  const root = repository();
  const env = {
    HOME: '/home/me',
    PATH: '/home/me/.cache/tuesday/node/bin:/usr/bin:/home/me/tuesday/node_modules/.bin',
    SECRET: 'a',
  };
  const ground = await fresh(env, root);
  const read = (file: string) => readFileSync(join(ground.cwd, file), 'utf8');
  expect(readdirSync(ground.cwd).toSorted()).toEqual(['.git', '.gitignore', 'added', 'changed', 'kept']);
  expect([read('kept'), read('changed'), read('added')]).toEqual(['old', 'new', 'new']);
  expect(readdirSync(ground.env['HOME']!)).toEqual([]);
  expect(ground.env).toMatchObject({
    PATH: '/usr/bin',
    npm_config_cache: '/home/me/.npm',
    PIP_CACHE_DIR: '/home/me/.cache/pip',
  });
  expect(ground.env).not.toHaveProperty('SECRET');
  const base = ['commit', 'contents of the changed files'];
  expect([...(await ground.look()).keys()]).toEqual(base);
  const left = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { cwd: ground.cwd, env: ground.env });
  expect([...(await ground.look()).keys()]).toEqual([...base, expect.stringMatching(/^process .*node -e /)]);
  left.kill();
  await ground[Symbol.asyncDispose]();
  expect(existsSync(ground.cwd)).toBe(false);
  rmSync(root, { recursive: true });
});
