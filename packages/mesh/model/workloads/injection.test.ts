import { describe, expect, test } from '@jest/globals';
import { deployment, namespace } from '../../../../test/support/mesh/objects.ts';
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

  test('When no Namespace was applied, then nothing is injected', () => {
    expect(workloadOf(meshOf(deployment('a')), 'a').proxy).toBe('none');
  });

  test('When a workload has no proxy, then it has no ports, policies, tracing, routes or clusters', () => {
    const mesh = meshOf(namespace('shop', 'enabled'), deployment('a', { labels: { [LABEL]: 'false' } }));
    expect(workloadOf(mesh, 'a')).toMatchObject({ inbound: [], policies: [], tracing: undefined });
    expect(mesh.routesOf(workloadOf(mesh, 'a')).size).toBe(0);
    expect(mesh.clustersOf(workloadOf(mesh, 'a'))).toEqual([]);
  });
});
