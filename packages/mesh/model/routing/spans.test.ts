import { expect, test } from '@jest/globals';
import { MATCH_ALL } from './matches.ts';
import type { Forward, Match, Route } from './route.ts';
import { spanName } from './spans.ts';

function forward(weighted: boolean): Forward {
  const destination = { fqdn: 'b.shop.svc.cluster.local', port: 8080, subset: 'v1' };
  return { kind: 'forward', destinations: [{ destination, weight: 1 }], weighted, mirrors: [], hashes: [] };
}

const answer: Route['action'] = { kind: 'respond', status: 204 };

test.each<[string, Route['action'], Match['uri'], string]>([
  ['has one destination', forward(false), undefined, 'b.shop.svc.cluster.local:8080/*'],
  ['has several destinations', forward(true), undefined, 'shop:80/*'],
  ['has no destination', answer, undefined, 'shop:80/*'],
  ['matches a prefix', forward(false), { prefix: '/api/' }, 'b.shop.svc.cluster.local:8080/api/*'],
  ['matches a path', answer, { exact: '/old' }, 'shop:80/old'],
  ['matches a regex', answer, { regex: '/[ab]' }, 'shop:80/[ab]'],
])('When a route %s, then its spans have the expected name', (_, action, uri, expected) => {
  const match = { ...MATCH_ALL, ...(uri && { uri }) };
  expect(spanName(action, match, { owner: 'shop', port: 80 })).toBe(expected);
});
