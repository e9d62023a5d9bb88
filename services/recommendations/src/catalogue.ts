import type { Recommendation } from '@tuesday/service';

/** What the shop sells, in the order of checkout's catalogue: a test compares the two (decision 25). */
export const CATALOGUE = [
  'tent-2p',
  'tent-4p',
  'sleeping-bag',
  'sleeping-mat',
  'headlamp',
  'stove',
  'cookset',
  'rain-jacket',
  'wool-base',
  'hiking-boots',
  'backpack-50l',
  'thermos',
];

/** The first `limit` products that are not in the basket: the answer where the purchases give none. */
export function fromCatalogue({ basket, limit }: { basket: string[]; limit: number }): Recommendation[] {
  const others = CATALOGUE.filter((sku) => !basket.includes(sku));
  return others.slice(0, limit).map((sku) => ({ sku, reason: 'from the catalogue' }));
}
