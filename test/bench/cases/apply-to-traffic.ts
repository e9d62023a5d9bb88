import type { Bench, Context, Findings } from '../bench.ts';
import { CANARY } from '../follow.ts';
import { openWatched } from '../save.ts';
import type { RunningShop } from '../shops.ts';
import { type Way, applyWay, followedBy, measureWays, untilItEnds } from '../ways.ts';

/** From a change of weights to the first request that follows, by every way that the local shop has. */
export const CHANGES: Bench = { name: 'changes', title: 'From a change to traffic that follows it', run };

async function run({ size, random, shops, say }: Context): Promise<Findings> {
  const shop = await shops.running('meshed');
  const save = await openWatched(shop);
  const tuesday: Way = { ...applyWay(shop), budget: { at: 'p95', limit: 300 } };
  const npx = npxWay(shop);
  const saved = save && saveWay(shop, save);
  const ways = [tuesday, npx, ...(saved ? [saved] : [])];
  const notes = await measureWays(ways, { pairs: size.changePairs, random, say });
  if (!saved) notes.push('Save → traffic: not measured, because a saved file changes nothing here.');
  return {
    measures: [
      followedBy(tuesday),
      untilItEnds(tuesday),
      followedBy(npx),
      untilItEnds(npx),
      ...(saved ? [followedBy(saved)] : []),
    ],
    notes,
  };
}

function npxWay(shop: RunningShop): Way {
  const change: Way['change'] = (version) => shop.npx('apply', '-f', CANARY[version]);
  return { ...applyWay(shop), what: 'npx tuesday apply', every: 10, change };
}

function saveWay(shop: RunningShop, change: Way['change']): Way {
  return { ...applyWay(shop), what: 'a file saved', change, budget: { at: 'p95', limit: 100 } };
}
