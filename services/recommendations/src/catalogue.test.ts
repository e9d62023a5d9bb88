import { expect, test } from '@jest/globals';
import { products } from '../../checkout/src/products.ts';
import { CATALOGUE } from './catalogue.ts';

test('When the shop sells a product, then recommendations knows it too, in the same order', () => {
  expect(CATALOGUE).toEqual(products.map(({ sku }) => sku));
});
