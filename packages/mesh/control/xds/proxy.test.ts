import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { RESOURCE_TYPES } from './resource-type.ts';
import { startDrivenProxy, type DrivenProxy } from './testing/driven-proxy.ts';
import { cluster, listener, resource, wantedOf } from './testing/resource.ts';

const LINGER_MS = 1_000;

/** These clusters with a certificate, behind one route and one listener; a number is the version. */
const shop = (names: readonly string[], { clusters = 0, endpoints = 0, routes = 0, listeners = 0 } = {}) =>
  wantedOf({
    clusters: names.map((name) => cluster(name, { note: clusters, secrets: ['key'] })),
    endpoints: names.map((name) => resource(name, { note: endpoints })),
    secrets: [resource('key')],
    routes: [resource('80', { note: routes, clusters: names })],
    listeners: [listener('in', { note: listeners, routes: ['80'] })],
  });
const states = ({ state }: DrivenProxy) =>
  Object.fromEntries(RESOURCE_TYPES.map((type) => [type, state.stateOf(type)]));
const pass = (ms: number) => void jest.advanceTimersByTime(ms);

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('When a proxy starts, then clusters, endpoints and secrets come first, then routes, then listeners', () => {
  const proxy = startDrivenProxy();
  proxy.state.push(shop(['a']));
  expect(proxy.news()).toEqual([]);
  proxy.ask('clusters');
  proxy.ask('endpoints', ['a']);
  proxy.ask('secrets', ['key']);
  proxy.ask('listeners');
  proxy.ask('routes', ['80']);
  expect(proxy.news()).toEqual(['clusters a', 'endpoints a', 'secrets key']);
  proxy.accept('clusters');
  proxy.accept('secrets');
  expect(proxy.news()).toEqual([]);
  proxy.accept('endpoints');
  expect(proxy.news()).toEqual(['routes 80']);
  proxy.accept('routes');
  expect(proxy.news()).toEqual(['listeners in']);
  expect(proxy.state.isDone()).toBe(false);
  proxy.accept('listeners');
  expect([proxy.news(), proxy.state.isDone()]).toEqual([[], true]);
});

test('When a push replaces a cluster, then routes wait for the new one, and the old one goes after the linger', () => {
  const proxy = startDrivenProxy({ lingerMs: LINGER_MS });
  proxy.settle(shop(['a']));
  proxy.state.push(shop(['b'], { routes: 1, listeners: 1 }));
  expect(proxy.news()).toEqual(['clusters b']);
  proxy.ask('endpoints', ['b']);
  expect(proxy.news()).toEqual(['endpoints b']);
  proxy.accept('endpoints');
  expect(proxy.news()).toEqual([]);
  proxy.accept('clusters');
  expect(proxy.news()).toEqual(['routes 801']);
  proxy.accept('routes');
  expect(proxy.news()).toEqual(['listeners in1']);
  proxy.accept('listeners');
  expect([proxy.news(), proxy.state.isDone()]).toEqual([[], true]);
  pass(LINGER_MS - 1);
  expect(proxy.news()).toEqual([]);
  pass(1);
  expect(proxy.news()).toEqual(['clusters -a']);
});

test('When a cluster is wanted again within the linger, then it stays, and its next linger is a whole one', () => {
  const proxy = startDrivenProxy({ lingerMs: LINGER_MS });
  for (const names of [['a', 'b'], ['b'], ['a', 'b'], ['b']]) {
    proxy.settle(shop(names));
    pass(LINGER_MS / 2);
  }
  pass(LINGER_MS / 2 - 1);
  expect(proxy.news()).toEqual([]);
  pass(1);
  expect(proxy.news()).toEqual(['clusters -a']);
});

test('When a listener is not wanted any more, then it goes at once', () => {
  const proxy = startDrivenProxy({ lingerMs: LINGER_MS });
  proxy.settle(shop(['a']));
  proxy.state.push({ ...shop(['a']), listeners: new Map() });
  expect(proxy.news()).toEqual(['listeners -in']);
});

test('When a cluster changes, then its endpoints are sent again with it', () => {
  const proxy = startDrivenProxy();
  proxy.settle(shop(['a', 'b']));
  const next = shop(['a', 'b'], { clusters: 1 });
  proxy.state.push({ ...next, clusters: new Map([...shop(['a']).clusters, ['b', next.clusters.get('b')!]]) });
  expect(proxy.news()).toEqual(['clusters b1', 'endpoints b']);
});

test('When a cluster changes while its endpoints are under way, then they are sent once more', () => {
  const proxy = startDrivenProxy();
  proxy.settle(shop(['a']));
  proxy.state.push(shop(['a'], { endpoints: 1 }));
  proxy.state.push(shop(['a'], { endpoints: 1, clusters: 1 }));
  expect(proxy.news()).toEqual(['endpoints a1', 'clusters a1']);
  proxy.accept('endpoints');
  expect(proxy.news()).toEqual(['endpoints a1']);
  proxy.accept('endpoints');
  expect(proxy.news()).toEqual([]);
});

test('When a response is unanswered, then the pushes meanwhile are one response afterwards', () => {
  const proxy = startDrivenProxy();
  proxy.settle(shop(['a']));
  for (const endpoints of [1, 2, 3]) proxy.state.push(shop(['a'], { endpoints }));
  expect(proxy.news()).toEqual(['endpoints a1']);
  proxy.accept('endpoints');
  expect(proxy.news()).toEqual(['endpoints a3']);
});

test('When resources are asked for, sent, used and refused, then the state says so', () => {
  const proxy = startDrivenProxy();
  const none = { endpoints: 'NOT SENT', secrets: 'NOT SENT', routes: 'NOT SENT', listeners: 'NOT SENT' };
  proxy.ask('clusters');
  expect(states(proxy)).toEqual({ ...none, clusters: 'NOT SENT' });
  proxy.state.push(shop(['a']));
  expect(states(proxy)).toEqual({ ...none, clusters: 'STALE' });
  proxy.ask('listeners');
  expect(states(proxy)).toMatchObject({ clusters: 'STALE', listeners: 'STALE' });
  proxy.settle(shop(['a']));
  const all = { clusters: 'SYNCED', endpoints: 'SYNCED', secrets: 'SYNCED', routes: 'SYNCED', listeners: 'SYNCED' };
  expect(states(proxy)).toEqual(all);
  proxy.state.push(shop(['a'], { routes: 1 }));
  expect(states(proxy)).toEqual({ ...all, routes: 'STALE' });
  proxy.refuse('routes', 'no such thing');
  expect(states(proxy)).toEqual({ ...all, routes: 'ERROR' });
  expect(proxy.state.refusals()).toEqual([{ type: 'routes', name: '80', reason: 'no such thing' }]);
  proxy.state.disconnect();
  expect([states(proxy), proxy.state.isDone()]).toEqual([{ ...none, clusters: 'NOT SENT' }, false]);
});

test('When a proxy asks for routes first after a reconnect, then they wait until clusters are asked for', () => {
  const proxy = startDrivenProxy();
  proxy.settle(shop(['a']));
  proxy.connect();
  proxy.state.push(shop(['a', 'b'], { routes: 1 }));
  proxy.ask('routes', ['80'], { present: ['80'] });
  proxy.ask('listeners', [], { present: ['in'] });
  expect(proxy.news()).toEqual([]);
  proxy.ask('clusters', [], { present: ['a'] });
  expect(proxy.news()).toEqual(['clusters a b']);
  proxy.accept('clusters');
  expect(proxy.news()).toEqual(['routes 801']);
});

test('When a proxy reconnects with a cluster that is not wanted any more, then it goes after the linger', () => {
  const proxy = startDrivenProxy({ lingerMs: LINGER_MS });
  proxy.settle(shop(['a', 'b']));
  proxy.connect();
  proxy.state.push(shop(['a']));
  proxy.ask('clusters', [], { present: ['a', 'b'] });
  proxy.settle(shop(['a']));
  pass(LINGER_MS);
  expect(proxy.news()).toEqual(['clusters -b']);
});

test('When the linger ends while the proxy is away, then nothing is sent', () => {
  const proxy = startDrivenProxy({ lingerMs: LINGER_MS });
  proxy.settle(shop(['a', 'b']));
  proxy.settle(shop(['a']));
  proxy.state.disconnect();
  pass(LINGER_MS);
  expect(proxy.news()).toEqual([]);
});

test.each(['routes', 'listeners'] as const)(
  'When %s are refused, then the clusters of before stay until they are accepted',
  (type) => {
    const proxy = startDrivenProxy({ lingerMs: LINGER_MS });
    proxy.settle(shop(['a', 'b']));
    proxy.state.push(shop(['b'], { [type]: 1 }));
    if (type === 'listeners') proxy.accept('routes');
    proxy.refuse(type);
    pass(2 * LINGER_MS);
    expect([proxy.state.isDone(), proxy.news().includes('clusters -a')]).toEqual([true, false]);
    proxy.settle(shop(['b'], { [type]: 2 }));
    pass(LINGER_MS);
    expect(proxy.news()).toEqual(['clusters -a']);
  },
);
