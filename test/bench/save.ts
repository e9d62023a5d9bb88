import { copyFile, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { CANARY, type Version, waitForVersion } from './follow.ts';
import { ROOT, type RunningShop } from './shops.ts';

/** Milliseconds within which a saved file must take effect; otherwise the shop does not watch it. */
const TIMEOUT = 3_000;

/** A file that the shop follows. */
export interface WatchedFile {
  /** Applies it, so that its object is the newest: a save does not overrule a newer one. */
  apply(): Promise<unknown>;
  /** Saves a version into it by a rename, as editors do. */
  save(version: Version): Promise<void>;
}

/** Applies a file of the canary, which the shop then follows; undefined where the shop does not follow files. */
export async function openWatchedCanary(shop: RunningShop): Promise<WatchedFile | undefined> {
  const folder = join(shop.state, 'bench');
  const file = join(folder, 'canary.yaml');
  await mkdir(folder, { recursive: true });
  async function save(version: Version): Promise<void> {
    await copyFile(join(ROOT, CANARY[version]), `${file}.new`);
    await rename(`${file}.new`, file);
  }
  const apply = () => shop.tuesday('apply', '-f', file, '--watch');
  await save('v1');
  await apply();
  await waitForVersion(shop.url, 'v1');
  await save('v2');
  const isWatched = await waitForVersion(shop.url, 'v2', { timeout: TIMEOUT }).then(
    () => true,
    () => false,
  );
  if (!isWatched) return undefined;
  await save('v1');
  await waitForVersion(shop.url, 'v1');
  return { apply, save };
}
