import { describe, expect, test } from '@jest/globals';
import { domainsOf, overlap, isWithin, mostSpecific, resolveGateway, resolveHost, sharedHosts } from './hosts.ts';

describe('Host names', () => {
  test.each([
    ['billing', 'billing.shop.svc.cluster.local'],
    ['billing.shop', 'billing.shop'],
    ['billing.shop.svc.cluster.local', 'billing.shop.svc.cluster.local'],
    ['*', '*'],
    ['*.example.org', '*.example.org'],
  ])('When an object of namespace shop has host %s, then it is resolved to %s', (written, meant) => {
    expect(resolveHost(written, 'shop')).toBe(meant);
  });

  test.each([
    ['a.example.org', '*', true],
    ['a.example.org', '*.example.org', true],
    ['a.example.org', 'a.example.org', true],
    ['a.example.org', '*.a.example.org', false],
    ['*.a.example.org', '*.example.org', true],
    ['*.example.org', '*.a.example.org', false],
    ['*.example.org', 'a.example.org', false],
    ['a.example.org', 'b.example.org', false],
  ])('When %s is compared with %s, then it is within: %s', (inner, outer, expected) => {
    expect(isWithin(inner, outer)).toBe(expected);
  });

  test.each([
    [['a.com', 'b.com'], ['*.com'], ['a.com', 'b.com']],
    [
      ['a.com', '*.net'],
      ['*.com', 'b.net'],
      ['a.com', 'b.net'],
    ],
    [['*'], ['*'], ['*']],
    [['*'], ['a.com', '*.com'], ['a.com', '*.com']],
    [['a.com'], ['b.com'], []],
  ])('When a Gateway has %j and a VirtualService %j, then they share %j', (gateway, virtualService, shared) => {
    expect(sharedHosts(gateway, virtualService)).toEqual(shared);
  });

  test.each([
    ['the host itself, before every wildcard', ['*', '*.shop.svc', 'a.shop.svc'], 'a.shop.svc'],
    ['the longer wildcard', ['*', '*.shop.svc', '*.svc'], '*.shop.svc'],
    ['none', ['*.com'], undefined],
  ])('When patterns match a host, then the most specific is %s', (_, patterns, expected) => {
    expect(mostSpecific('a.shop.svc', new Set(patterns))).toBe(expected);
  });

  test('When the caller is in another namespace, then the bare name is not among the domains', () => {
    const zipkin = { name: 'zipkin', namespace: 'istio-system', fqdn: 'zipkin.istio-system.svc.cluster.local' };
    expect(domainsOf(zipkin, 'istio-system')).toContain('zipkin');
    expect(domainsOf(zipkin, 'shop')).toEqual([
      'zipkin.istio-system.svc.cluster.local',
      'zipkin.istio-system.svc.cluster.local.',
      'zipkin.istio-system',
      'zipkin.istio-system.svc',
    ]);
  });
});

test.each([
  [['a', 'b', '*.a.com', 'a.com', '*.com.b'], undefined],
  [['a', 'b', 'a'], { index: 2, other: 'a' }],
  [['a.com', 'b', '*.com', 'b'], { index: 2, other: 'a.com' }],
  [['*.com', 'b', 'a.b.com'], { index: 2, other: '*.com' }],
  [['*.b.com', '*.com'], { index: 1, other: '*.b.com' }],
  [['a', 'b', '*'], { index: 2, other: 'a' }],
  [['*a', 'a'], { index: 1, other: '*a' }],
  [[], undefined],
])('When a list has the hosts %j, then the first that covers another one is %j', (hosts, expected) => {
  expect(overlap(hosts)).toEqual(expected);
});

test.each([
  ['mesh', 'mesh'],
  ['gateway', 'shop/gateway'],
  ['other/gateway', 'other/gateway'],
  ['gateway.other.svc.cluster.local', 'other/gateway'],
])('When a VirtualService of namespace shop names Gateway %s, then it is %s', (written, meant) => {
  expect(resolveGateway(written, 'shop')).toBe(meant);
});
