import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { shortReason, takenPort } from './refusal.ts';
import type { Versioned, Wanted } from './resources.ts';
import type { ResourceType } from './resource-type.ts';
import { startDrivenProxy } from './testing/driven-proxy.ts';
import { cluster, listener, resource, wantedOf } from './testing/resource.ts';

const FAULT = 'a.connect_timout: there is no such field';

/** A shop in which some resources are replaced. */
const shop = (changed: Partial<Record<ResourceType, readonly Versioned[]>> = {}): Wanted =>
  wantedOf({
    clusters: [cluster('a'), cluster('b')],
    endpoints: [resource('a'), resource('b')],
    routes: [resource('80', { clusters: ['a', 'b'] })],
    listeners: [listener('in', { routes: ['80'] })],
    ...changed,
  });

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('When Envoy’s reason is long, then its end stands, in one line', () => {
  expect(shortReason('\n a \n  b\n')).toBe('a b');
  const short = shortReason(`${'x '.repeat(500)}\n the cause`);
  expect(short).toMatch(/^… .*x the cause$/);
  expect(short).toHaveLength(302);
});

test('When a listener is refused because its port is taken, then the port is found in the reason', () => {
  const reason = "error adding listener 'in': cannot bind '127.0.0.1:8080': Address already in use";
  expect([takenPort(reason), takenPort('cannot bind: Permission denied')]).toEqual([8080, undefined]);
});

test.each([
  ['is no message of Envoy’s', shop({ clusters: [cluster('a', { fault: FAULT }), cluster('b', { note: 1 })] }), FAULT],
  [
    'needs what does not exist',
    shop({ clusters: [cluster('a', { secrets: ['key'] }), cluster('b', { note: 1 })] }),
    'it needs key of secrets, which does not exist',
  ],
])('When a cluster %s, then it is refused before it is sent, and the one of before stays', (_what, broken, reason) => {
  const proxy = startDrivenProxy();
  proxy.settle(shop());
  proxy.state.push(broken);
  expect(proxy.news()).toEqual(['clusters b1', 'endpoints b']);
  expect(proxy.state.refusals()).toEqual([{ type: 'clusters', name: 'a', reason }]);
  proxy.accept('clusters');
  proxy.accept('endpoints');
  jest.runAllTimers();
  expect([proxy.news(), proxy.state.stateOf('clusters'), proxy.state.isDone()]).toEqual([[], 'ERROR', true]);
  proxy.state.push(shop({ clusters: [cluster('a', { note: 2 }), cluster('b', { note: 1 })] }));
  expect([proxy.news(), proxy.state.refusals()]).toEqual([['clusters a2', 'endpoints a'], []]);
});

test('When what a listener needs has a fault, then both are refused, and the listener of before stays', () => {
  const proxy = startDrivenProxy();
  proxy.settle(shop());
  const routes = [resource('80', { fault: FAULT })];
  proxy.state.push(shop({ routes, listeners: [listener('in', { note: 1, routes: ['80'] })] }));
  expect(proxy.news()).toEqual([]);
  expect(proxy.state.refusals()).toEqual([
    { type: 'routes', name: '80', reason: FAULT },
    { type: 'listeners', name: 'in', reason: 'it needs 80 of routes, which does not exist' },
  ]);
});

test('When a fault is in a route, then the clusters of before stay', () => {
  const proxy = startDrivenProxy();
  proxy.settle(shop());
  const routes = [resource('80', { fault: FAULT })];
  proxy.state.push(shop({ clusters: [cluster('b')], routes, listeners: [] }));
  jest.runAllTimers();
  expect(proxy.news()).toEqual(['listeners -in']);
  proxy.accept('listeners');
  jest.runAllTimers();
  expect(proxy.news()).toEqual([]);
});
