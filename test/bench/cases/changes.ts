import type { Bench, Context, Findings } from '../bench.ts';
import { CANARY } from '../follow.ts';
import { type WatchedFile, openWatchedCanary } from '../save.ts';
import type { RunningShop } from '../shops.ts';
import { type ChangeMethod, tuesdayApply, trafficMeasure, measureChanges, commandMeasure } from '../methods.ts';

/** The time from a change of weights to the first request that follows it, by every method of the local shop. */
export const CHANGES: Bench = { name: 'changes', title: 'From a change to traffic that follows it', run };

async function run({ size, random, shops, say }: Context): Promise<Findings> {
  const shop = await shops.running('meshed');
  const file = await openWatchedCanary(shop);
  const tuesday: ChangeMethod = { ...tuesdayApply(shop), budget: { at: 'p95', limit: 300 } };
  const npx = npxTuesdayApply(shop);
  const saved = file && savedFile(shop, file);
  const methods = [tuesday, npx, ...(saved ? [saved] : [])];
  const notes = await measureChanges(methods, { pairs: size.changePairs, random, say });
  if (!saved) notes.push('Save → traffic: not measured, because the shop does not watch the saved file.');
  return {
    measures: [
      trafficMeasure(tuesday),
      commandMeasure(tuesday),
      trafficMeasure(npx),
      commandMeasure(npx),
      ...(saved ? [trafficMeasure(saved)] : []),
    ],
    notes,
  };
}

function npxTuesdayApply(shop: RunningShop): ChangeMethod {
  const change: ChangeMethod['change'] = (version) => shop.npx('apply', '-f', CANARY[version]);
  return { ...tuesdayApply(shop), what: 'npx tuesday apply', every: 10, change };
}

function savedFile(shop: RunningShop, { apply, save }: WatchedFile): ChangeMethod {
  const budget = { at: 'p95', limit: 50 } as const;
  return { ...tuesdayApply(shop), what: 'a file saved', prepare: apply, change: save, budget };
}
