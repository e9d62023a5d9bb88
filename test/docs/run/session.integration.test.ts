import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.ts';
import { readPage } from '../read/page.ts';
import { withoutSecrets } from './ground.ts';
import { type MadeUp, madeUp } from './made-up.ts';
import { openSession } from './session.ts';

const LIMITS = { command: 5_000, pods: 500 };
const blockOf = (...lines: string[]) => readPage('a.md', ['```sh', ...lines, '```'].join('\n')).blocks[0]!;
const messageOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: Error) => error.message,
  );

/** A shop that says its address and its state, and ends with `code` at Ctrl-C. */
function withShop(ground: MadeUp, code = 0): MadeUp {
  ground.program(
    'npm',
    `trap 'echo bye; exit ${code}' INT
echo "Ready in 1 s at http://localhost:\${@: -1} state \${TUESDAY_STATE:-none}"
while :; do sleep 0.05; done`,
  );
  return ground;
}

test('When npm start stands in a block, then it stays beside the next commands, which get its address and state, until Ctrl-C', async () => {
  await using session = await openSession(withShop(madeUp()), LIMITS);
  await session.run(
    blockOf(
      'npm start    # → Ready in 1 s at http://localhost:8080 state /',
      'echo http://localhost:8080 $TUESDAY_STATE # → http://localhost:8080 /',
      '[ http://localhost:8080 != http://localhost:80""80 ]',
    ),
  );
  expect(await messageOf(session.stop())).toBe('ok');
  expect(await session.restore()).toEqual([]);
});

test('When nothing of the tree runs yet, then npm start keeps its own state', async () => {
  const ground = Object.assign(withShop(madeUp()), { isShared: false });
  await using session = await openSession(ground, LIMITS);
  await session.run(blockOf('npm start    # → state none'));
});

test('When a port is forwarded, then the next commands of its block get another port, and it ends with the block', async () => {
  const ground = madeUp();
  const note = join(ground.cwd, '../note');
  ground.program(
    'kubectl',
    `trap 'echo over > ${note}; exit 0' INT
echo "Forwarding from 127.0.0.1:\${@: -1}"
while :; do sleep 0.05; done`,
  );
  await using session = await openSession(ground, LIMITS);
  await session.run(
    blockOf(
      'kubectl port-forward service/gateway 8080:80    # → Forwarding from 127.0.0.1:…:80',
      '[ http://localhost:8080 != http://localhost:80""80 ]',
    ),
  );
  expect(readFileSync(note, 'utf8')).toBe('over\n');
  expect(await messageOf(session.stop())).toBe('ok');
});

test('When a command that goes on ends with an error after Ctrl-C, then that is said', async () => {
  await using session = await openSession(withShop(madeUp(), 3), LIMITS);
  await session.run(blockOf('npm start'));
  expect(await messageOf(session.stop())).toMatch(/^a\.md:2: `npm start` ended with 3 after Ctrl-C:\nReady in/);
});

test('When it ends before it is ready, then that is said with what it printed', async () => {
  const ground = madeUp();
  ground.program('npm', 'echo The port is taken; exit 1');
  await using session = await openSession(ground, LIMITS);
  expect(await messageOf(session.run(blockOf('npm start')))).toBe(
    'a.md:2: `npm start` ended before it was ready:\nThe port is taken',
  );
});

test('When a command does not end, then it is killed after its limit', async () => {
  await using session = await openSession(madeUp(), { ...LIMITS, command: 1_500 });
  expect(await messageOf(session.run(blockOf('echo begin; sleep 60')))).toBe(
    'a.md:2: `echo begin; sleep 60` did not end within 1.5 s:\nbegin',
  );
});

test('When the process that runs documents is killed, then what it has started gets Ctrl-C', async () => {
  const ground = withShop(madeUp());
  const note = join(ground.cwd, 'pid');
  const code = `const { startJob } = await import(${JSON.stringify(join(import.meta.dirname, 'job.ts'))});
    startJob('echo $$ > ${note}; while :; do sleep 0.05; done', { cwd: '/', env: { PATH: process.env.PATH } });
    setInterval(() => {}, 1000);`;
  const reader = spawn(process.execPath, ['--input-type=module', '-e', code], { env: { PATH: process.env['PATH'] } });
  const pid = await eventually(() => (existsSync(note) && Number(readFileSync(note, 'utf8'))) || undefined);
  reader.kill('SIGKILL');
  await eventually(() => !existsSync(`/proc/${pid}`));
  await ground[Symbol.asyncDispose]();
});

test('When the pods of the base are not ready again in time, then the document does not begin', async () => {
  const look = async () => new Map([['pods of billing v1', '0 ready of 1']]);
  expect(await messageOf(openSession({ ...madeUp(), look }, LIMITS))).toBe(
    'The base does not stand: pods of billing v1: 0 ready of 1.',
  );
});

test('When commands get variables of this process, then no secret is among them', () => {
  const env = {
    PATH: '/bin',
    KUBECONFIG: 'a',
    AWS_SECRET_ACCESS_KEY: 'a',
    GITHUB_TOKEN: 'b',
    npm_config__auth: 'c',
    PGPASSWORD: 'd',
  };
  expect(withoutSecrets(env)).toEqual({ PATH: '/bin', KUBECONFIG: 'a', TERM: 'dumb', NO_COLOR: '1' });
});
