import { expect, test } from '@jest/globals';
import { add, count, MOST, setQuantity, total, type Basket } from './basket.ts';
import type { Product } from './types.ts';

const product = (sku: string, minor: number): Product => ({
  sku,
  name: sku,
  description: '',
  price: { currency: 'NOK', minor },
  image: '<svg/>',
});

test('When a product is added twice, then it is one line of two, where it first was', () => {
  const basket = add(add(add([], 'tent'), 'stove'), 'tent');
  expect(basket).toEqual([
    { sku: 'tent', quantity: 2 },
    { sku: 'stove', quantity: 1 },
  ]);
  expect(count(basket)).toBe(3);
});

test('When more is added than one purchase may hold, then the most stays', () => {
  let basket: Basket = [];
  for (let i = 0; i < MOST + 3; i++) basket = add(basket, 'tent');
  expect(basket).toEqual([{ sku: 'tent', quantity: MOST }]);
});

test('When a quantity becomes 0, then the line is gone', () => {
  expect(setQuantity([{ sku: 'tent', quantity: 1 }], { sku: 'tent', quantity: 0 })).toEqual([]);
});

test('When a basket is changed, then the one before it stays as it was', () => {
  const before: Basket = Object.freeze([{ sku: 'tent', quantity: 1 }]);
  add(before, 'tent');
  expect(before).toEqual([{ sku: 'tent', quantity: 1 }]);
});

test('When the sum is shown, then it is exact to the øre', () => {
  const products = [product('tent', 459900), product('mug', 14950)];
  const basket = [
    { sku: 'tent', quantity: 1 },
    { sku: 'mug', quantity: 3 },
  ];
  expect(total(basket, products)).toEqual({ currency: 'NOK', minor: 504750 });
});
