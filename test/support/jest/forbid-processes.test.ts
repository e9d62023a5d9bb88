import { describe, expect, test } from '@jest/globals';
import { exec, execFile, execFileSync, execSync, fork, spawn, spawnSync } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';

const FILE = 'test/support/jest/forbid-processes.test.ts';
const WAY_OUT = ', and a unit test may not. Rename the file to test/support/jest/forbid-processes.integration.test.ts.';

describe('in a unit test', () => {
  test.each([
    ['spawn', () => spawn('true')],
    ['exec', () => exec('true')],
    ['execFile', () => execFile('true')],
    ['promisify(execFile)', () => promisify(execFile)('true')],
    ['fork', () => fork('true')],
    ['spawnSync', () => spawnSync('true')],
    ['execSync', () => execSync('true')],
    ['execFileSync', () => execFileSync('true')],
  ])('When it calls %s, then one sentence names the file and its new name', (_name, start) => {
    expect(start).toThrow(new RegExp(`^${FILE} starts a process \\(.+\\)${WAY_OUT}$`));
  });

  test('When it starts a worker thread, then one sentence says the same', () => {
    expect(() => new Worker('true.mjs')).toThrow(`${FILE} starts a worker thread (true.mjs)${WAY_OUT}`);
  });

  test('When it connects to another machine, then one sentence says the same', async () => {
    const host = 'another.invalid';
    const said = `${FILE} connects to another machine (${host})${WAY_OUT}`;
    expect(() => connect(80, host).on('error', () => undefined)).toThrow(said);
    expect(() => connect({ port: 80, host }).on('error', () => undefined)).toThrow(said);
    const answer = fetch(`http://${host}/`);
    await expect(answer).rejects.toMatchObject({ cause: { message: said } });
  });

  test('When it connects to a server of its own, then that works', async () => {
    await using server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    for (const socket of [connect(port), connect(port, '127.0.0.1'), connect({ port, host: 'localhost' })])
      expect(String((await once(socket, 'data'))[0])).toBe('hello');
  });
});
