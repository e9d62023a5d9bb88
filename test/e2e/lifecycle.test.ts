import { afterAll, expect, test } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buy, purchase } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../../places/free-port.ts';
import { listPods } from '../../places/local/place/pods.ts';
import { startLocalPlace } from '../../places/local/place/start.ts';
import { inotifyInstances, processesOf } from '../support/processes.ts';

// Kinds of end, all in one state folder: each start must work with what the shop before it left.
const state = await mkdtemp(join(tmpdir(), 'tuesday-ends-'));
const { env } = process;
const port = await freePort();
const start = () => startLocalPlace({ env, state, port });
/** The first shop: the first three tests use it. */
let shop: Awaited<ReturnType<typeof start>>;
const noProcessLeft = () => eventually(async () => processesOf(state).length === 0);
afterAll(() => rm(state, { recursive: true, force: true }));

test('When the shop starts, then the screen shows each workload with its sidecar, seconds, memory and the address', async () => {
  shop = await start();
  for (const workload of [
    'gateway',
    'storefront',
    'checkout-v1',
    'checkout-v2',
    'billing-v1',
    'billing-v2',
    'recommendations-v1',
    'recommendations-v2',
    'postgres',
  ])
    expect(shop.screen()).toMatch(new RegExp(`${workload} .*${workload === 'gateway' ? '1/1' : '2/2'} `));
  expect(shop.screen()).toMatch(/Ready in \d+(\.\d+)? s.*\d+ MB/);
});

test('When the printed checkout command is pasted, then it answers 201', async () => {
  const command = /^\s*(curl .*(?:\\\n.*)*)$/m.exec(shop.screen())?.[1];
  expect(command).toBeDefined();
  const { stdout } = await promisify(execFile)('bash', ['-c', `${command} -o /dev/null -w '%{http_code}'`]);
  expect(stdout).toMatch(/201$/);
});

test('When an Envoy and an app are killed, then both restart; a second shop does not start; and when the runner is killed, then no process is left', async () => {
  expect(processesOf(state).length).toBeGreaterThan(8);
  expect(inotifyInstances(state)).toBeLessThan(64);
  const { name } = (await shop.pods()).find(({ labels }) => labels['app'] === 'checkout')!;
  await shop.command('kill', name, '-c', 'istio-proxy');
  await shop.command('kill', name, '-c', 'checkout');
  await eventually(async () => (await shop.pods()).some((pod) => pod.name === name && pod.restarts === 2 && pod.ready));
  await expect(startLocalPlace({ env, state, port })).rejects.toThrow(
    new RegExp(`already runs \\(pid ${shop.process.pid}, since .*\\) at http://localhost:${port}`),
  );
  expect((await buy(shop.url, purchase())).status).toBe(201);
  shop.process.kill('SIGKILL');
  await noProcessLeft();
});

test('When Ctrl-C is pressed, then no process is left, and the exit code is 0', async () => {
  const again = await start();
  again.process.kill('SIGINT');
  await eventually(async () => again.process.exitCode === 0 && processesOf(state).length === 0);
});

test('When the shop starts again in a terminal, then it sells, and when the terminal closes, then no process is left', async () => {
  // `script` starts the shop in its own terminal; killing it closes that terminal, like closing a window.
  const command = `${process.execPath} cli/tuesday.mjs up --port ${port}`;
  const terminal = spawn('script', ['-qec', command, '/dev/null'], {
    env: { ...process.env, TUESDAY_STATE: state, NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let screen = '';
  terminal.stdout.on('data', (chunk) => (screen += chunk));
  await eventually(async () => /Ready in /.test(screen), 90_000);
  const pods = await listPods(join(state, 'tuesday.sock'));
  expect(pods.length).toBeGreaterThanOrEqual(9);
  expect(pods.filter(({ restarts }) => restarts > 0)).toEqual([]);
  expect((await buy(`http://127.0.0.1:${port}`, purchase())).status).toBe(201);
  terminal.kill('SIGKILL');
  await noProcessLeft();
});

// The example of `npx tuesday down --help`.
test('When the command down is given, then no process is left', async () => {
  const small = await startLocalPlace({ env, state, port, words: ['--no-mesh'] });
  expect((await buy(small.url, purchase())).status).toBe(201);
  await small.command('down');
  await noProcessLeft();
});

test('When the port is in use, then the message says by which process and what to do', async () => {
  const { createServer } = await import('node:net');
  const holder = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => holder.once('listening', resolve));
  await expect(start()).rejects.toThrow(new RegExp(`Port ${port} is taken.*--port`));
  await new Promise((resolve) => holder.close(resolve));
  await noProcessLeft();
});
