import { expect, test } from '@jest/globals';
import { identity } from './identity.ts';

test('When an identity is that of a service account, then its name stands apart', () => {
  expect(identity('spiffe://cluster.local/ns/shop/sa/checkout')).toEqual({
    before: 'spiffe://cluster.local/ns/shop/sa/',
    account: 'checkout',
  });
});

test('When it has another shape, then none of it is lost', () => {
  for (const peer of ['spiffe://other.example/robot', 'spiffe://cluster.local/ns/shop/sa/a/b', 'robot'])
    expect(identity(peer)).toEqual({ before: '', account: peer });
});
