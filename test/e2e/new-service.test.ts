import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../places/free-port.ts';
import { type ProgramResult, tryProgram, waitForEnd, startProgram } from '../../places/program.ts';
import { ROOT } from '../../places/repository.ts';
import { copyTree } from '../mutants/copy.ts';
import { eventually } from '../support/eventually.ts';

/** The section of CONTRIBUTING.md: these tests do what it says, in a copy of the tree. */
const [, GUIDE = ''] = /^## Add a service$([^]*?)^## /m.exec(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')) ?? [];
const COMMANDS = [...GUIDE.matchAll(/^```sh run by test\/e2e\/new-service\.test\.ts\n([^]*?)^```$/gm)].flatMap(
  ([, lines = '']) => lines.trim().split('\n'),
);
const [WRITE, CHECK, TEST, START, ALLOWED, UNLISTED, TAKE_AWAY] = COMMANDS as [string, ...string[]];

const copy = copyTree(ROOT);
const state = mkdtempSync(join(tmpdir(), 'tuesday-new-service-'));
// The comparisons of manifests with kubectl run in npm test itself.
const env = { ...process.env, NODE_OPTIONS: '', TUESDAY_STATE: state, KUBECTL: '/nowhere/kubectl' };
const surroundings = { cwd: copy.folder, env };
/** Runs a line of the guide; npx would look for the command in the registry first. */
const run = (line = 'false'): Promise<ProgramResult> =>
  tryProgram('bash', ['-c', line.replace(/^npx tuesday/, 'node cli/tuesday.mjs')], surroundings);
const done = async (line?: string) => {
  const { code, stdout, stderr } = await run(line);
  expect({ line, code, said: code === 0 ? '' : stdout + stderr }).toEqual({ line, code: 0, said: '' });
  return stdout;
};

beforeAll(async () => {
  await done('git init -q && git add . && git -c user.name=test -c user.email=test@example.com commit -qm before');
  await done(WRITE);
});
afterAll(() => {
  copy[Symbol.dispose]();
  rmSync(state, { recursive: true, force: true });
});

test('When gifts is written, then lint, types, format, its own tests and those of the manifests pass', async () => {
  const [lint, types, format] = CHECK?.split(' && ') ?? [];
  await done(`${lint} && ${types}`);
  // Of the files that gifts has not changed, npm test itself checks the format: that takes Prettier a quarter of a minute.
  expect(format).toBe('npm run format:check');
  await done('npx prettier --check --ignore-unknown $(git ls-files --modified --others --exclude-standard)');
  await done(TEST);
}, 300_000);

test('When the shop starts, then gifts answers its caller through the mesh, which rejects every other one', async () => {
  expect(START).toBe('npm start');
  const up = ['cli/tuesday.mjs', 'up', '--port', `${await freePort()}`];
  const shop = startProgram(process.execPath, up, surroundings);
  const ended = waitForEnd(shop, ['stderr']);
  let screen = '';
  shop.stdout.on('data', (chunk) => (screen += chunk));
  try {
    await eventually(async () => /^\s*Ready in /m.test(screen) || shop.exitCode !== null, 90_000);
    expect(screen).toMatch(/^ *shop +gifts +2\/2 /m);
    const [, status, body = '{}'] = /^(\d+) (.*)/.exec(await done(ALLOWED)) ?? [];
    expect([status, JSON.parse(body)]).toEqual([
      '200',
      {
        items: ['first', 'second', 'third'],
        servedBy: expect.objectContaining({ service: 'gifts', peer: 'spiffe://cluster.local/ns/shop/sa/storefront' }),
      },
    ]);
    expect(await done(UNLISTED)).toBe('403 RBAC: access denied\n');
  } finally {
    shop.kill('SIGINT');
    await ended;
  }
}, 180_000);

test('When the guide lists what to edit by hand, then it is at most six files, each written or there before', async () => {
  const files = [...GUIDE.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(0);
  expect(files.length).toBeLessThanOrEqual(6);
  await done(`ls ${files.join(' ')}`);
});

test('When gifts is taken away, then nothing of it is left', async () => {
  expect(await done('git status --porcelain')).toContain('?? services/gifts/');
  await done(TAKE_AWAY);
  expect(await done('git status --porcelain')).toBe('');
  expect((await run('ls services/gifts k8s/base/gifts node_modules/@tuesday/gifts')).stdout).toBe('');
}, 60_000);
