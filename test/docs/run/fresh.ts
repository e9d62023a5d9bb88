import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../../places/repository.ts';
import { processesOf } from '../../support/processes.ts';
import { type Ground, withoutSecrets } from './ground.ts';
import { type Look, lookAtTree } from './look.ts';

const run = promisify(execFile);

/**
 * A copy of this clone, what is not committed included, in an empty folder with an empty home: nothing is installed and nothing
 * runs. Of the machine it has only the caches of npm, pip and uv, so that packages are not downloaded again.
 */
export async function fresh(env: NodeJS.ProcessEnv, root: string = ROOT): Promise<Ground> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tuesday-fresh-')));
  const [home, clone] = [join(folder, 'home'), join(folder, 'tuesday')];
  await mkdir(home);
  await copyClone(root, clone);
  const cache = env['XDG_CACHE_HOME'] || join(env['HOME'] ?? '', '.cache');
  return {
    cwd: clone,
    env: {
      PIP_CACHE_DIR: join(cache, 'pip'),
      UV_CACHE_DIR: join(cache, 'uv'),
      npm_config_cache: join(env['HOME'] ?? '', '.npm'),
      ...withoutSecrets(env),
      HOME: home,
      XDG_CACHE_HOME: join(home, '.cache'),
      PATH: pathOfTheMachine(env, join(cache, 'tuesday')),
    },
    isShared: false,
    look: async () => new Map([...lookAtTree(clone), ...programsOf(folder)]),
    reset: async () => undefined,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The programs of a shop that runs in this folder: its home is there. */
const programsOf = (folder: string): Look =>
  new Map(
    processesOf(folder)
      .filter(({ command }) => /node|envoy|postgres/.test(command))
      .map(({ command }) => [`process ${command}`, 'runs']),
  );

/** PATH without what the set-up of this clone has put there: its Node, and the tools of its packages. */
function pathOfTheMachine(env: NodeJS.ProcessEnv, ours: string): string {
  const folders = (env['PATH'] ?? '').split(delimiter);
  return folders.filter((one) => !one.startsWith(ours) && !one.endsWith('node_modules/.bin')).join(delimiter);
}

async function copyClone(root: string, clone: string): Promise<void> {
  await run('git', ['clone', '--quiet', '--no-hardlinks', root, clone]);
  const { stdout } = await run('git', ['ls-files', '-z', '--modified', '--deleted', '--others', '--exclude-standard'], {
    cwd: root,
  });
  for (const file of new Set(stdout.split('\0').filter(Boolean))) {
    await rm(join(clone, file), { force: true });
    if (!existsSync(join(root, file))) continue;
    await mkdir(dirname(join(clone, file)), { recursive: true });
    await cp(join(root, file), join(clone, file), { verbatimSymlinks: true });
  }
  const git = (...words: string[]) => run('git', words, { cwd: clone });
  await git('add', '--all');
  const name = ['-c', 'user.name=reader', '-c', 'user.email=reader@localhost'];
  await git(...name, 'commit', '--quiet', '--allow-empty', '--message', 'What is not committed yet');
}
