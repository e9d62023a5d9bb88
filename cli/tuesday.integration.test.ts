import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';

/** Printed by each program that a process becomes, before anything else. */
const SAY = 'console.error(`${process.pid} arenas ${process.env.MALLOC_ARENA_MAX}`)';

/** What the programs were that one command became, in turn. */
function programsOf(...words: string[]): { arenas: string; pid: string }[] {
  const env = { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(SAY)}` };
  const { stdout, stderr } = spawnSync(process.execPath, ['cli/tuesday.mjs', ...words, '--help'], {
    env,
    encoding: 'utf8',
  });
  expect(stdout).toMatch(new RegExp(`^Usage: tuesday ${words.join(' ')}`));
  return [...stderr.matchAll(/^(\d+) arenas (\S+)$/gm)].map(([, pid, arenas]) => ({ pid: pid!, arenas: arenas! }));
}

const isLinux = process.platform === 'linux';

test('When the runner starts, then it is one process whose allocator returns free memory', () => {
  const programs = programsOf('up');
  expect(programs.map(({ arenas }) => arenas)).toEqual(isLinux ? ['undefined', '1'] : ['undefined']);
  expect(new Set(programs.map(({ pid }) => pid)).size).toBe(1);
});

test('When another command starts, then nothing is started twice', () => {
  expect(programsOf('get').map(({ arenas }) => arenas)).toEqual(['undefined']);
});
