import { openPlace } from '../../places/open.ts';
import type { Place } from '../../places/place.ts';
import { dockerEnvironment } from './images/docker.ts';
import { PLACE } from './places.mjs';
import { sharedLocalShop } from './shared-shop.ts';
import { makeMissing } from './images/standins.ts';

export { PLACE };

/**
 * The shop in the place that PLACE names (default `local`, where all test files of a run share one). The same test files
 * run in every place. Throws for an unknown place.
 */
export async function startShop(): Promise<Place> {
  const place = await startPlace();
  let disposed: Promise<void> | undefined;
  const shop = { ...place, [Symbol.asyncDispose]: () => (disposed ??= place[Symbol.asyncDispose]()) };
  // The environment of the tests asks it for the logs of its pods when a test fails, and disposes it when a file cannot be run.
  Object.assign(globalThis, { tuesdayShop: shop });
  return shop;
}

async function startPlace(): Promise<Place> {
  if (PLACE === 'local') return sharedLocalShop();
  if (PLACE !== 'compose') return openPlace(PLACE, { env: process.env });
  const env = await dockerEnvironment();
  await makeMissing(env);
  return openPlace(PLACE, { env });
}
