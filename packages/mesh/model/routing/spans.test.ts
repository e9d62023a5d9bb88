import { expect, test } from '@jest/globals';
import { EVERYTHING } from './matches.ts';
import type { Forward, Match, Route } from './route.ts';
import { spanOf } from './spans.ts';

function forward(weighted: boolean): Forward {
  const destination = { fqdn: 'b.shop.svc.cluster.local', port: 8080, subset: 'v1' };
  return { kind: 'forward', destinations: [{ destination, weight: 1 }], weighted, mirrors: [], hashes: [] };
}

const answer: Route['action'] = { kind: 'respond', status: 204 };

test.each<[string, Route['action'], Match['uri'], string]>([
  ['leads to one place', forward(false), undefined, 'b.shop.svc.cluster.local:8080/*'],
  ['leads to several', forward(true), undefined, 'shop:80/*'],
  ['leads nowhere', answer, undefined, 'shop:80/*'],
  ['asks for a prefix', forward(false), { prefix: '/api/' }, 'b.shop.svc.cluster.local:8080/api/*'],
  ['asks for a path', answer, { exact: '/old' }, 'shop:80/old'],
  ['asks for an expression', answer, { regex: '/[ab]' }, 'shop:80/[ab]'],
])('When a route %s, then its spans are called so', (_, action, uri, expected) => {
  const match = { ...EVERYTHING, ...(uri && { uri }) };
  expect(spanOf(action, match, { owner: 'shop', port: 80 })).toBe(expected);
});
