import { copyFile, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { CANARY, type Version, follows } from './follow.ts';
import { ROOT, type RunningShop } from './shops.ts';

/** Milliseconds in which a saved file must show, or nobody watches it. */
const PATIENCE = 3_000;

/**
 * A file of the canary that the shop watches, because it was applied: the function saves a version into it, as editors do,
 * by a rename. Undefined where a saved file changes nothing.
 */
export async function openWatched(shop: RunningShop): Promise<((version: Version) => Promise<void>) | undefined> {
  const folder = join(shop.state, 'bench');
  const file = join(folder, 'canary.yaml');
  await mkdir(folder, { recursive: true });
  async function save(version: Version): Promise<void> {
    await copyFile(join(ROOT, CANARY[version]), `${file}.new`);
    await rename(`${file}.new`, file);
  }
  await save('v1');
  await shop.tuesday('apply', '-f', file);
  await follows(shop.url, 'v1');
  await save('v2');
  const isWatched = await follows(shop.url, 'v2', { patience: PATIENCE }).then(
    () => true,
    () => false,
  );
  if (!isWatched) return undefined;
  await save('v1');
  await follows(shop.url, 'v1');
  return save;
}
