import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { allocateBlock } from './port-block.ts';
import { CELL, releasePort, takeCell } from './ports.ts';

const all = (take: () => number) => Array.from({ length: CELL }, take);

test('When two pods take their ports, then no port is in both, and all are below the ephemeral ports', async () => {
  const [one, two] = await Promise.all([allocateBlock(), allocateBlock()]);
  const ports = [...all(one.take), ...all(two.take)];
  expect(new Set(ports).size).toBe(2 * CELL);
  expect(Math.max(...ports)).toBeLessThan(32_768);
  one.release();
  two.release();
});

test('When a pod needs more ports than its block has, then one sentence says so', async () => {
  const block = await allocateBlock();
  all(block.take);
  expect(() => block.take()).toThrow('A pod needs more than 24 ports: its cluster has too many Services.');
  block.release();
});

/** Three cells that no shop uses. */
const RANGE = { first: 17_000, cells: 3 };
const take = () => takeCell(RANGE);
const FULL = 'No 24 free loopback ports in a row between 17000 and 17075.';

/** What another runner gets from the same three cells: its first port, or the message. */
async function other(): Promise<string> {
  const file = new URL('ports.ts', import.meta.url).pathname;
  const ask = `import { takeCell } from '${file}';
    takeCell(${JSON.stringify(RANGE)}).then(([port]) => console.log(port), (error) => console.log(error.message));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', ask], {
    env: { NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
  });
  return stdout.trim();
}

test('When one runner holds ports and does not use them yet, then another runner gets them only after they are released', async () => {
  const cells = [await take(), await take(), await take()];
  expect(new Set(cells.flat()).size).toBe(3 * CELL);
  expect(await other()).toBe(FULL);
  releasePort(cells[0]![0]!);
  expect(await other()).toBe(`${cells[0]![0]}`);
  for (const [port] of cells.slice(1)) releasePort(port!);
});

test('When a program listens within a block, then no pod gets that block', async () => {
  const cells = [await take(), await take(), await take()];
  releasePort(cells[0]![0]!);
  const server = createServer().listen(cells[0]!.at(-1), '127.0.0.1');
  await once(server, 'listening');
  await expect(take()).rejects.toThrow(FULL);
  server.close();
  for (const [port] of cells.slice(1)) releasePort(port!);
});
