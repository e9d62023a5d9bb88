import { type Money, Problem } from '@tuesday/service';
import type { Product } from './contract.ts';
import { DRAWINGS } from './drawings.ts';
import { total } from './total.ts';

/** Each with its price in øre, VAT included. */
const CATALOGUE: [sku: keyof typeof DRAWINGS, name: string, minor: number, description: string][] = [
  ['tent-2p', 'Fjelltur tent for two', 349_900, 'Two poles, two doors, up in four minutes of sideways rain.'],
  ['tent-4p', 'Hytte tent for four', 599_900, 'A tunnel with a porch, for when the cabin is full.'],
  ['sleeping-bag', 'Vinterdvale sleeping bag', 279_900, 'Down to −12 °C, and a hood that lets nothing in.'],
  ['sleeping-mat', 'Mose sleeping mat', 89_900, 'As soft as moss, and dries a good deal faster.'],
  ['headlamp', 'Nordlys headlamp', 59_900, 'Four hundred lumens for the months without a sun.'],
  ['stove', 'Bål gas stove', 74_900, 'Boils half a litre in three minutes, in a wind.'],
  ['cookset', 'Turkjøkken cookset', 64_900, 'A pot, a pan and a lid that is also a plate.'],
  ['rain-jacket', 'Bergen rain jacket', 229_900, 'Three layers, tested where it rains 240 days a year.'],
  ['wool-base', 'Marius wool base layer', 79_900, 'Merino next to the skin, warm even when wet.'],
  ['hiking-boots', 'Besseggen hiking boots', 219_900, 'Leather, high ankles, soles that trust wet rock.'],
  ['backpack-50l', 'Nansen backpack, 50 l', 189_900, 'Room for a long weekend and an orange.'],
  ['thermos', 'Kakao thermos', 44_900, 'Keeps a litre of cocoa hot until the top.'],
];

/** All that the shop sells. */
export const products: Product[] = CATALOGUE.map(([sku, name, minor, description]) => ({
  sku,
  name,
  description,
  price: { currency: 'NOK', minor },
  image: DRAWINGS[sku],
}));

const prices = new Map(products.map(({ sku, price }) => [sku, price]));

/** What the items cost together. Throws Problem unknown-sku, which names every sku that the shop does not have. */
export function priceOf(items: { sku: string; quantity: number }[]): Money {
  const unknown = items.filter(({ sku }) => !prices.has(sku)).map(({ sku }) => sku);
  if (unknown.length > 0) throw new Problem('unknown-sku', { detail: `Unknown: ${unknown.join(', ')}.` });
  return total(items.map(({ sku, quantity }) => ({ price: prices.get(sku)!, quantity })));
}
