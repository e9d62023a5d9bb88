import { expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { BLOCK, allocateBlock } from './port-block.ts';
import { releasePort, reservePorts } from './ports.ts';

const all = (take: () => number) => Array.from({ length: BLOCK }, take);

test('When two pods take their ports, then no port is in both, and all are below the ephemeral ports', async () => {
  const [one, two] = await Promise.all([allocateBlock(), allocateBlock()]);
  const ports = [...all(one.take), ...all(two.take)];
  expect(new Set(ports).size).toBe(2 * BLOCK);
  expect(Math.max(...ports)).toBeLessThan(32_768);
  one.release();
  two.release();
});

test('When a pod has ended, then its ports may be taken again', async () => {
  const block = await allocateBlock();
  const ports = all(block.take);
  expect(reservePorts(ports)).toBe(false);
  block.release();
  expect(reservePorts(ports)).toBe(true);
  ports.forEach(releasePort);
});

test('When a pod needs more ports than its block has, then one sentence says so', async () => {
  const block = await allocateBlock();
  all(block.take);
  expect(() => block.take()).toThrow('A pod needs more than 24 ports: its cluster has too many Services.');
  block.release();
});

test('When a program listens within a block, then no pod gets that block', async () => {
  // Every block but one is taken within this process, and in that one a program listens.
  const held: number[] = [];
  for (let port = 20_000 + BLOCK; port < 20_000 + BLOCK * 500; port++) if (reservePorts([port])) held.push(port);
  const server = createServer().listen(20_000 + BLOCK - 1, '127.0.0.1');
  await once(server, 'listening');
  await expect(allocateBlock()).rejects.toThrow(/^No 24 free loopback ports in a row/);
  server.close();
  held.forEach(releasePort);
}, 20_000);
