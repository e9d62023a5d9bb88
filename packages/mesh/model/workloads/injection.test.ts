import { describe, expect, test } from '@jest/globals';
import { deployment, istio, namespace, service } from '../../../../test/support/mesh/objects.ts';
import { meshOf, workloadOf } from '../../../../test/support/mesh/small-mesh.ts';

const GATEWAY = { 'inject.istio.io/templates': 'gateway' };
const LABEL = 'sidecar.istio.io/inject';

describe('Injection', () => {
  test.each([
    ['enabled', undefined, {}, 'sidecar', 'Namespace shop'],
    ['enabled', 'false', {}, 'none', 'Deployment shop/a'],
    ['enabled', 'true', {}, 'sidecar', 'Deployment shop/a'],
    ['enabled', 'true', GATEWAY, 'gateway', 'Deployment shop/a'],
    ['enabled', undefined, GATEWAY, 'gateway', 'Namespace shop'],
    [undefined, undefined, {}, 'none', "Istio's default"],
    [undefined, undefined, GATEWAY, 'none', "Istio's default"],
    [undefined, 'true', {}, 'sidecar', 'Deployment shop/a'],
    ['disabled', 'true', {}, 'none', 'Namespace shop'],
  ])('When namespace has %s, pod has %s and %j, then its proxy is: %s', (whole, own, annotations, proxy, because) => {
    const labels = own === undefined ? {} : { [LABEL]: own };
    const mesh = meshOf(namespace('shop', whole), deployment('a', { labels, annotations }));
    const { proxy: seen, proxyBecause } = workloadOf(mesh, 'a');
    expect([seen, proxyBecause.object]).toEqual([proxy, because]);
  });

  const REVISION = 'istio.io/rev';
  const pod = (labels: object, annotations = {}) => ({ labels: labels as Record<string, string>, annotations });

  test.each([
    [{ [REVISION]: 'default' }, pod({}), 'sidecar', 'Namespace shop'],
    [{ [REVISION]: 'canary' }, pod({}), 'none', 'Namespace shop'],
    [{ [REVISION]: 'canary' }, pod({ [LABEL]: 'true' }), 'none', 'Namespace shop'],
    [{ [REVISION]: 'default' }, pod({ [LABEL]: 'false' }), 'none', 'Deployment shop/a'],
    [{ [REVISION]: 'canary', 'istio-injection': 'enabled' }, pod({}), 'sidecar', 'Namespace shop'],
    [{ [REVISION]: 'default', 'istio-injection': 'disabled' }, pod({}), 'none', 'Namespace shop'],
    [{ 'istio-injection': 'Enabled' }, pod({ [LABEL]: 'true' }), 'none', 'Namespace shop'],
    [{}, pod({ [REVISION]: 'default' }), 'sidecar', 'Deployment shop/a'],
    [{}, pod({ [REVISION]: 'canary', [LABEL]: 'true' }), 'none', 'Deployment shop/a'],
    [{ 'istio-injection': 'enabled' }, pod({ [REVISION]: 'canary' }), 'sidecar', 'Namespace shop'],
    [{ 'istio-injection': 'enabled' }, pod({}, { [LABEL]: 'false' }), 'none', 'Deployment shop/a'],
    [{ 'istio-injection': 'enabled' }, pod({ [LABEL]: 'true' }, { [LABEL]: 'false' }), 'sidecar', 'Deployment shop/a'],
    [{}, pod({}, { [LABEL]: 'true' }), 'none', "Istio's default"],
  ])('When namespace has %j and pod %j, then its proxy is: %s, because of %s', (labels, of, proxy, because) => {
    const shop = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
    const { proxy: seen, proxyBecause } = workloadOf(meshOf(shop, deployment('a', of)), 'a');
    expect([seen, proxyBecause.object]).toEqual([proxy, because]);
  });

  test('When the namespace is one of the system, then nothing is injected', () => {
    const mesh = meshOf(namespace('kube-system', 'enabled'), deployment('a', { namespace: 'kube-system' }));
    expect(workloadOf(mesh, 'a').proxy).toBe('none');
  });

  test('When no Namespace was applied, then nothing is injected', () => {
    expect(workloadOf(meshOf(deployment('a')), 'a').proxy).toBe('none');
  });

  test('When a workload has no proxy, then it has no ports, policies, tracing, routes or clusters', () => {
    const mesh = meshOf(namespace('shop', 'enabled'), deployment('a', { labels: { [LABEL]: 'false' } }));
    expect(workloadOf(mesh, 'a')).toMatchObject({ inbound: [], policies: [], tracing: undefined });
    expect(mesh.routesOf(workloadOf(mesh, 'a')).size).toBe(0);
    expect(mesh.clustersOf(workloadOf(mesh, 'a'))).toEqual([]);
  });

  test('When the label of a Namespace goes, then pods that have a sidecar are the same workload with its policies as before', () => {
    const policy = istio('AuthorizationPolicy', 'p', '  {}');
    const shop = (injection: 'enabled' | 'disabled') =>
      meshOf(
        namespace('shop', injection),
        deployment('a', { ports: [{ name: 'http', containerPort: 8080 }] }),
        service('a'),
        policy,
      );
    const [before, after] = [shop('enabled'), shop('disabled')];
    const now = workloadOf(after, 'a');
    expect(now.proxy).toBe('none');
    const running = after.withProxy(now, 'sidecar');
    const { proxyBecause: _, ...expected } = workloadOf(before, 'a');
    expect(running).toMatchObject({ ...expected, proxy: 'sidecar' });
    expect(running.policies).toHaveLength(1);
    expect(running.proxyBecause.object).toBe('decided when the pod was created');
    expect(after.withProxy(now, 'sidecar')).toBe(running);
    expect(after.clustersOf(running)).toEqual(before.clustersOf(workloadOf(before, 'a')));
    expect(before.withProxy(workloadOf(before, 'a'), 'sidecar')).toBe(workloadOf(before, 'a'));
    const older = before.withProxy(workloadOf(before, 'a'), 'none');
    expect(older).toMatchObject({ proxy: 'none', inbound: [], policies: [] });
  });
});
