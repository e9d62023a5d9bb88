import { describe, expect, test } from '@jest/globals';
import { asKind } from '../manifests/kinds/typed.ts';
import { withBody } from '../manifests/resource.ts';
import { readText } from '../manifests/text.ts';
import { createMesh } from '../model/create-mesh.ts';
import { deployment, istio, namespace, service } from '../../../test/support/mesh/objects.ts';
import { CONFIG, hostsOf, resourcesOf, routeTargets } from '../../../test/support/mesh/small-mesh.ts';
import { createStore } from './store.ts';
import type { Change } from './store.ts';

const config = (value: string, name = 'tracing') =>
  readText({
    file: 'my.yaml',
    text: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { delay: "${value}" }\n`,
    namespace: 'shop',
  });
const ref = { kind: 'ConfigMap', namespace: 'shop', name: 'tracing' };

describe('the store', () => {
  test('When an object is applied again, then the change is unchanged or configured, depending on its content', () => {
    const store = createStore();
    const verdicts = ['200', '200', '300'].map((value) => store.apply(config(value))[0]?.change);
    expect(verdicts).toEqual(['created', 'unchanged', 'configured']);
    expect(store.get(ref)?.body['data']).toEqual({ delay: '300' });
  });

  test('When only a comment or the layout changes, then the object is unchanged, and its source is the new line', () => {
    const store = createStore();
    store.apply(config('200'));
    const text = '# why\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: tracing\ndata:\n  delay: "200"\n';
    expect(store.apply(readText({ file: 'other.yaml', text, namespace: 'shop' }))[0]?.change).toBe('unchanged');
    expect(store.get(ref)?.source).toEqual({ file: 'other.yaml', line: 3 });
  });

  test.each<[string, string, string | undefined, string, object]>([
    ['leaves replicas out', '', '3', '', { replicas: 3 }],
    ['writes replicas', 'replicas: 2', '3', 'replicas: 2', { replicas: 2 }],
    ['wrote replicas before', 'replicas: 2', '3', '', {}],
    ['wrote them before, and it is not scaled', 'replicas: 2', undefined, '', {}],
    ['writes them for the first time', '', '3', 'replicas: 1', { replicas: 1 }],
  ])('When a manifest %s, then apply is the merge of kubectl', (_, first, scaled, second, expected) => {
    const store = createStore();
    const apply = (replicas: string) =>
      store.apply(
        resourcesOf(deployment('a').replace('"spec":{', `"spec":{${replicas.replace(/(\w+): (\d)/, '"$1":$2,')}`)),
      )[0]!;
    const workload = apply(first).resource;
    const spec = workload.body['spec'] as object;
    if (scaled !== undefined)
      store.replace(withBody(workload, { ...workload.body, spec: { ...spec, replicas: Number(scaled) } }));
    const { resource, change } = apply(second);
    const { replicas } = resource.body['spec'] as { replicas?: number };
    expect(replicas === undefined ? {} : { replicas }).toEqual(expected);
    expect(asKind(resource, 'Deployment').spec.replicas).toBe(replicas ?? 1);
    expect(apply(second).change).toBe('unchanged');
    if (first === second && scaled === String(replicas)) expect(change).toBe('unchanged');
  });

  test('When an object is applied again, then it keeps its age until it is deleted', () => {
    let time = 1_000;
    const store = createStore(() => time++);
    const apply = (value: string) => store.apply(config(value))[0]?.resource.appliedAt;
    expect([apply('200'), apply('300'), store.get(ref)?.appliedAt]).toEqual([1_000, 1_000, 1_000]);
    store.delete([ref]);
    expect(apply('200')).toBeGreaterThan(1_000);
  });

  test('When objects change, then each has its own uid, generation and resourceVersion', () => {
    const store = createStore();
    const rule = (retries: number, label = 'a') =>
      resourcesOf(
        `kind: DestinationRule\napiVersion: networking.istio.io/v1\nmetadata: { name: a, labels: { x: ${label} } }\nspec: { host: a, trafficPolicy: { connectionPool: { http: { maxRetries: ${retries} } } } }`,
      );
    const stored = (...resources: Parameters<typeof store.apply>[0][number][]) =>
      store.apply(resources)[0]?.resource.stored;
    const first = stored(...rule(1));
    expect(first).toMatchObject({ generation: 1, resourceVersion: '1' });
    expect(stored(...config('1'))).toMatchObject({ resourceVersion: '2' });
    expect(stored(...rule(1))).toEqual(first);
    expect(stored(...rule(2))).toEqual({ uid: first?.uid, generation: 2, resourceVersion: '3' });
    expect(stored(...rule(2, 'b'))).toEqual({ uid: first?.uid, generation: 2, resourceVersion: '4' });
    store.delete([{ kind: 'DestinationRule', namespace: 'shop', name: 'a' }]);
    const again = stored(...rule(2));
    expect([again?.generation, again?.uid === first?.uid]).toEqual([1, false]);
  });

  test('When two VirtualServices have one host, then the older one takes precedence, whatever its name', () => {
    const spec = (to: string) => `  hosts: [a]\n  http: [{ route: [{ destination: { host: ${to} } }] }]`;
    const route = (name: string, to: string) => resourcesOf(istio('VirtualService', name, spec(to)));
    let time = 0;
    const store = createStore(() => (time += 1_000));
    const shop = [namespace('shop', 'enabled'), deployment('me'), service('a'), service('b'), service('c')];
    store.apply(resourcesOf(...shop));
    const target = () => routeTargets(hostsOf(createMesh(store.list(), CONFIG), 'me'), 'a.shop.svc.cluster.local');
    store.apply(route('zebra', 'b'));
    store.apply(route('ant', 'c'));
    expect(target()).toEqual(['b.shop:80']);
    store.apply(route('zebra', 'a'));
    expect(target()).toEqual(['a.shop:80']);
    store.delete([{ kind: 'VirtualService', namespace: 'shop', name: 'zebra' }]);
    store.apply(route('zebra', 'b'));
    expect(target()).toEqual(['c.shop:80']);
  });

  test('When two documents define one object, then the last one is kept', () => {
    const store = createStore();
    const changes = store.apply([...config('200'), ...config('300')]);
    expect(changes.map((entry) => entry.change)).toEqual(['created', 'configured']);
    expect(store.list()).toHaveLength(1);
  });

  test('When objects of one name are in two namespaces, then both exist', () => {
    const store = createStore();
    store.apply(config('200'));
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: tracing, namespace: other }\n';
    expect(store.apply(readText({ file: 'my.yaml', text, namespace: 'shop' }))[0]?.change).toBe('created');
    expect(store.list({ kind: 'ConfigMap', namespace: 'shop' })).toHaveLength(1);
    expect(store.list({ kind: 'ConfigMap' })).toHaveLength(2);
    expect(store.list({ kind: 'Secret' })).toHaveLength(0);
  });

  test('When a deleted object is applied again, then it is created', () => {
    const store = createStore();
    store.apply(config('200'));
    expect(store.delete([ref]).map((entry) => entry.change)).toEqual(['deleted']);
    expect(store.get(ref)).toBeUndefined();
    expect(store.delete([ref])).toEqual([]);
    expect(store.apply(config('200'))[0]?.change).toBe('created');
  });

  test('When an immutable field would change, then nothing is applied', () => {
    const store = createStore();
    const read = (text: string) => readText({ file: 'my.yaml', text, namespace: 'shop' });
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n';
    store.apply([...config('200'), ...read(secret)]);
    expect(() => store.apply([...config('300'), ...read(`${secret}type: other\n`)])).toThrow(
      new Error(
        'my.yaml:4: type of Secret a cannot change while it exists; delete Secret a first. Nothing was changed.',
      ),
    );
    expect(store.get(ref)?.body['data']).toEqual({ delay: '200' });
    expect(store.apply(read(`${secret}type: Opaque\n`))[0]?.change).toBe('configured');
    store.delete([{ kind: 'Secret', namespace: 'shop', name: 'a' }]);
    expect(store.apply(read(`${secret}type: other\n`))[0]?.change).toBe('created');
  });

  test('When objects change, then listeners are called once for each call, until they unsubscribe', () => {
    const store = createStore();
    const calls: Change[][] = [];
    const stop = store.onChange((changes) => calls.push(changes));
    store.apply([...config('200'), ...config('1', 'other')]);
    store.apply(config('200'));
    store.delete([ref]);
    stop();
    store.apply(config('200'));
    expect(calls.map((changes) => changes.map(({ ref: { name }, change }) => `${name} ${change}`))).toEqual([
      ['tracing created', 'other created'],
      ['tracing deleted'],
    ]);
  });
});
