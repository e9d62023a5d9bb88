import { expect, test } from '@jest/globals';
import { isIPv4 } from 'node:net';
import { serviceAddresses } from './service-addresses.ts';

test('When Services come and go, then each keeps its address, by its name and by its full name', () => {
  const addresses = serviceAddresses();
  expect([addresses.of('shop', 'a'), addresses.of('shop', 'b'), addresses.of('other', 'a')]).toEqual([
    '240.240.0.1',
    '240.240.0.2',
    '240.240.0.3',
  ]);
  expect([addresses.of('shop', 'b'), addresses.ofHost('b.shop.svc.cluster.local')]).toEqual([
    '240.240.0.2',
    '240.240.0.2',
  ]);
  expect(addresses.ofHost('shop.example.org')).toBeUndefined();
});

test('When there are many, then each has a valid address of its own', () => {
  const addresses = serviceAddresses();
  const all = Array.from({ length: 600 }, (_, index) => addresses.of('shop', `a${index}`));
  expect([new Set(all).size, all.filter((address) => !isIPv4(address))]).toEqual([600, []]);
});
