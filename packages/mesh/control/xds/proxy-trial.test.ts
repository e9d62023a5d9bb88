import { expect, test } from '@jest/globals';
import type { ResourceType } from './resource-type.ts';
import { createTrial, startDrivenProxy } from './testing/driven-proxy.ts';
import { cluster, listener, resource, wantedOf } from './testing/resource.ts';

/** These clusters with a certificate, behind one route and one listener; a number is the version of a type. */
const shop = (names: readonly string[], versions: Partial<Record<ResourceType, number>> = {}) =>
  wantedOf({
    clusters: names.map((name) => cluster(name, { note: versions.clusters ?? 0, secrets: ['key'] })),
    endpoints: names.map((name) => resource(name, { note: versions.endpoints ?? 0 })),
    secrets: [resource('key', { note: versions.secrets ?? 0 })],
    routes: [resource('80', { note: versions.routes ?? 0, clusters: names })],
    listeners: [listener('in', { note: versions.listeners ?? 0, routes: ['80'] })],
  });

/** Proxies that use the same resources, in a trial. */
function inTrial(count: number, before = shop(['a'])) {
  const trial = createTrial();
  const proxies = Array.from({ length: count }, () => startDrivenProxy({ trial }));
  for (const proxy of proxies) proxy.settle(before);
  trial.begin(proxies);
  return { trial, proxies };
}

test('When a proxy refuses something new in a trial, then nothing is sent to any proxy until the trial ends', () => {
  const { trial, proxies } = inTrial(2);
  const [one, two] = [proxies[0]!, proxies[1]!];
  for (const { state } of proxies) state.push(shop(['a'], { clusters: 1, routes: 1 }));
  one.refuse('clusters', 'no such thing');
  expect(one.state.refusalsOfTrial()).toEqual([{ type: 'clusters', name: 'a', reason: 'no such thing' }]);
  expect(trial.hasFailed()).toBe(true);
  one.news();
  expect(two.news()).toEqual(['clusters a1', 'endpoints a']);
  two.accept('clusters');
  two.accept('endpoints');
  expect(two.news()).toEqual([]);
  for (const { state } of proxies) state.push(shop(['a']));
  expect([one.news(), two.news()]).toEqual([[], []]);
  trial.end(proxies);
  expect([one.news(), two.news()]).toEqual([[], ['clusters a', 'endpoints a']]);
  expect([one.state.refusals(), one.state.refusalsOfTrial()]).toEqual([[], []]);
});

test('When there is no trial, then a refusal stops nothing', () => {
  const trial = createTrial();
  const proxy = startDrivenProxy({ trial });
  proxy.settle(shop(['a']));
  proxy.state.push(shop(['a'], { clusters: 1, routes: 1 }));
  proxy.refuse('clusters');
  proxy.accept('endpoints');
  expect([trial.hasFailed(), proxy.news().at(-1)]).toEqual([false, 'routes 801']);
});

test('When a resource has a fault in a trial, then nothing of its push is sent', () => {
  const { trial, proxies } = inTrial(1);
  const proxy = proxies[0]!;
  const broken = wantedOf({ routes: [resource('80', { fault: 'no such field' })] });
  proxy.state.push({ ...shop(['a'], { clusters: 1 }), routes: broken.routes });
  expect([proxy.news(), trial.hasFailed()]).toEqual([[], true]);
  expect(proxy.state.refusalsOfTrial().map(({ type, name }) => `${type} ${name}`)).toEqual(['routes 80']);
});

test('When a resource was refused before the trial, then it does not fail the trial, even after a reconnect', () => {
  const trial = createTrial();
  const proxy = startDrivenProxy({ trial });
  proxy.settle(shop(['a']));
  proxy.state.push(shop(['a'], { routes: 1 }));
  proxy.refuse('routes', 'bad');
  trial.begin([proxy]);
  proxy.state.push(shop(['a'], { routes: 1, endpoints: 1 }));
  proxy.connect();
  proxy.ask('clusters', [], { present: ['a'] });
  proxy.accept('clusters');
  proxy.ask('routes', ['80']);
  proxy.refuse('routes', 'bad');
  expect(proxy.state.refusals()).toEqual([{ type: 'routes', name: '80', reason: 'bad' }]);
  expect([trial.hasFailed(), proxy.state.refusalsOfTrial()]).toEqual([false, []]);
});

test('When another program holds a listener’s port, then the trial does not fail', () => {
  const { trial, proxies } = inTrial(1);
  const proxy = proxies[0]!;
  proxy.state.push(shop(['a'], { listeners: 1 }));
  proxy.refuse('listeners', "error adding listener 'in': cannot bind '127.0.0.1:8080': Address already in use");
  expect([trial.hasFailed(), proxy.state.stateOf('listeners')]).toEqual([false, 'ERROR']);
});

test.each(['endpoints', 'secrets'] as const)(
  'When %s are refused, which no object describes, then the trial does not fail',
  (type) => {
    const { trial, proxies } = inTrial(1);
    const proxy = proxies[0]!;
    proxy.state.push(shop(['a'], { [type]: 1 }));
    proxy.refuse(type);
    expect([trial.hasFailed(), proxy.state.stateOf(type)]).toEqual([false, 'ERROR']);
  },
);

test('When nothing new is refused, then everything of the trial is sent', () => {
  const { trial, proxies } = inTrial(1);
  const proxy = proxies[0]!;
  proxy.settle(shop(['a', 'b'], { routes: 1, listeners: 1 }));
  expect([trial.hasFailed(), proxy.state.isDone()]).toEqual([false, true]);
  trial.end(proxies);
  proxy.state.push(shop(['a', 'b'], { routes: 2 }));
  proxy.refuse('routes');
  expect([trial.hasFailed(), proxy.state.refusalsOfTrial()]).toEqual([false, []]);
});
