import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../places/repository.ts';

const PACKAGES = readdirSync(`${ROOT}packages`).filter((name) => existsSync(`${ROOT}packages/${name}/package.json`));

/** The first fenced block of a language in a document; undefined if there is none. */
function block(document: string, language: string): string | undefined {
  return new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(document)?.[1];
}

/** Runs TypeScript at the root of the repository, as a reader would who pastes it there. Gives what it prints. */
async function run(code: string): Promise<string> {
  const args = ['--input-type=module-typescript', '--disable-warning=ExperimentalWarning', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] },
  });
  return stdout;
}

test.each(PACKAGES)(
  'When the example in the README of packages/%s runs, then it prints what the README says',
  async (name) => {
    const readme = readFileSync(`${ROOT}packages/${name}/README.md`, 'utf8');
    expect(readme).toMatch(new RegExp(`^# @tuesday/${name}\n`));
    const [code, printed] = [block(readme, 'ts'), block(readme, 'text')];
    expect([typeof code, typeof printed]).toEqual(['string', 'string']);
    expect(await run(code!)).toBe(printed);
  },
);

test('When the table in the README of packages/mesh is read, then it has a row for each door', () => {
  const { exports: doors } = JSON.parse(readFileSync(`${ROOT}packages/mesh/package.json`, 'utf8'));
  const rows = readFileSync(`${ROOT}packages/mesh/README.md`, 'utf8').matchAll(/^\| `(\/\w+)`/gm);
  expect([...rows].map(([, door]) => `.${door}`)).toEqual(Object.keys(doors));
});

test('When the table in the README of packages/statistics is read, then it has a row for each function', async () => {
  const functions = Object.entries(await import('@tuesday/statistics')).filter(
    ([, value]) => typeof value === 'function',
  );
  const rows = readFileSync(`${ROOT}packages/statistics/README.md`, 'utf8').matchAll(/^\| `(\w+)\(/gm);
  expect([...rows].map(([, name]) => name!).toSorted()).toEqual(functions.map(([name]) => name).toSorted());
});
