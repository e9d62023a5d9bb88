import type { Item, Money, Product } from './types.ts';

/** The items of a basket, in the order in which they were first added; never an item of quantity 0. */
export type Basket = readonly Item[];

/** The most of one product that one purchase may hold. */
export const MOST = 10;

/** Puts one more of the product in, up to MOST. */
export function add(basket: Basket, sku: string): Basket {
  const quantity = basket.find((item) => item.sku === sku)?.quantity ?? 0;
  return setQuantity(basket, { sku, quantity: quantity + 1 });
}

/** Sets how many of a product are wanted (cut to 0…MOST); 0 takes it out. */
export function setQuantity(basket: Basket, { sku, quantity }: Item): Basket {
  const wanted = Math.max(0, Math.min(MOST, Math.trunc(quantity)));
  if (wanted === 0) return basket.filter((item) => item.sku !== sku);
  if (!basket.some((item) => item.sku === sku)) return [...basket, { sku, quantity: wanted }];
  return basket.map((item) => (item.sku === sku ? { sku, quantity: wanted } : item));
}

/** The number of products in the basket. */
export function count(basket: Basket): number {
  return basket.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** What the basket costs by the prices shown; the order's own amount is what is charged. Unknown products count nothing. */
export function total(basket: Basket, products: readonly Product[]): Money {
  const priceOf = new Map(products.map(({ sku, price }) => [sku, price.minor]));
  return {
    currency: products[0]?.price.currency ?? 'NOK',
    minor: basket.reduce((sum, { sku, quantity }) => sum + quantity * (priceOf.get(sku) ?? 0), 0),
  };
}
