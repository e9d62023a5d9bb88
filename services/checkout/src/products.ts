import { type Money, Problem } from '@tuesday/service';
import type { Product } from './contract.ts';
import { DRAWINGS } from './drawings.ts';
import { total } from './total.ts';

type Sku = keyof typeof DRAWINGS;
interface Entry {
  sku: Sku;
  name: string;
  description: string;
  /** Øre, VAT included. */
  minor: number;
}

const CATALOGUE: Entry[] = [
  {
    sku: 'tent-2p',
    name: 'Fjelltur tent for two',
    description: 'Two poles, two doors, up in four minutes of sideways rain.',
    minor: 349_900,
  },
  {
    sku: 'tent-4p',
    name: 'Hytte tent for four',
    description: 'A tunnel with a porch, for when the cabin is full.',
    minor: 599_900,
  },
  {
    sku: 'sleeping-bag',
    name: 'Vinterdvale sleeping bag',
    description: 'Down to −12 °C, and a hood that lets nothing in.',
    minor: 279_900,
  },
  {
    sku: 'sleeping-mat',
    name: 'Mose sleeping mat',
    description: 'As soft as moss, and dries a good deal faster.',
    minor: 89_900,
  },
  {
    sku: 'headlamp',
    name: 'Nordlys headlamp',
    description: 'Four hundred lumens for the months without a sun.',
    minor: 59_900,
  },
  {
    sku: 'stove',
    name: 'Bål gas stove',
    description: 'Boils half a litre in three minutes, in a wind.',
    minor: 74_900,
  },
  {
    sku: 'cookset',
    name: 'Turkjøkken cookset',
    description: 'A pot, a pan and a lid that is also a plate.',
    minor: 64_900,
  },
  {
    sku: 'rain-jacket',
    name: 'Bergen rain jacket',
    description: 'Three layers, tested where it rains 240 days a year.',
    minor: 229_900,
  },
  {
    sku: 'wool-base',
    name: 'Marius wool base layer',
    description: 'Merino next to the skin, warm even when wet.',
    minor: 79_900,
  },
  {
    sku: 'hiking-boots',
    name: 'Besseggen hiking boots',
    description: 'Leather, high ankles, soles that trust wet rock.',
    minor: 219_900,
  },
  {
    sku: 'backpack-50l',
    name: 'Nansen backpack, 50 l',
    description: 'Room for a long weekend and an orange.',
    minor: 189_900,
  },
  {
    sku: 'thermos',
    name: 'Kakao thermos',
    description: 'Keeps a litre of cocoa hot until the top.',
    minor: 44_900,
  },
];

/** All that the shop sells. */
export const products: Product[] = CATALOGUE.map(({ sku, name, description, minor }) => ({
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
