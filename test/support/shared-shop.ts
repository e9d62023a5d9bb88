import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalPlace, type RunnerAddress, connectLocalPlace } from '../../places/local/place/connect.ts';
import { ask } from '../../places/local/place/socket.ts';
import { startLocalPlace } from '../../places/local/place/start.ts';

/** The file with the address of the shop that the test files of one worker share; places.teardown.mjs ends that shop. */
const NOTE = join(process.env['TUESDAY_E2E_SHOPS'] ?? tmpdir(), `shop-${process.env['JEST_WORKER_ID']}.json`);
const OPTIONS = { env: process.env };

/**
 * The local shop of this worker of jest: its first test file starts it, and it is reset to its base for each of the others,
 * as the shop on a cluster is. It ends with the process of the worker, however that ends.
 */
export async function sharedLocalShop(): Promise<LocalPlace> {
  const shop = (await found()) ?? (await begin());
  await shop.reset();
  return { ...shop, [Symbol.asyncDispose]: () => shop.reset() };
}

/** Undefined before the first file, and where a test has ended it. */
async function found() {
  if (!existsSync(NOTE)) return undefined;
  const running = JSON.parse(await readFile(NOTE, 'utf8')) as RunnerAddress;
  return ask(join(running.state, 'tuesday.sock'), 'GET /status').then(
    () => connectLocalPlace(running, OPTIONS),
    () => undefined,
  );
}

async function begin() {
  const shop = await startLocalPlace(OPTIONS);
  const { url, state, base, process: child } = shop;
  await writeFile(NOTE, JSON.stringify({ url, state, base, pid: child.pid }));
  // The environment of the tests looks at all logs, and so at what the runner says besides its screen.
  const log = join(state, 'logs', 'runner');
  mkdirSync(log, { recursive: true });
  child.stderr?.on('data', (chunk: Buffer) => appendFileSync(join(log, '0.log'), chunk));
  // It outlives this file of tests, and must not keep the run from ending.
  for (const handle of [child, child.stdout, child.stderr, child.channel]) (handle as { unref?(): void })?.unref?.();
  return shop;
}
