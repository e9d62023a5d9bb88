import { expect, test } from '@jest/globals';
import { istio, namespace, deployment, service } from '../../../../test/support/mesh/objects.ts';
import { meshOf, workloadOf } from '../../../../test/support/mesh/small-mesh.ts';
import { translate } from '../configuration.ts';
import { AS_WRITTEN } from '../placement.ts';

interface Listener {
  name: string;
  default_filter_chain?: { filters: { name: string }[] };
}

/** The filters for what is not HTTP on a port whose protocol is detected, in the sidecar of its caller. */
function filtersForTcp(...rules: string[]): string[] | undefined {
  const callee = service('b', { ports: [{ name: 'web', port: 80 }] });
  const mesh = meshOf(namespace('shop', 'enabled'), deployment('a'), deployment('b'), callee, ...rules);
  const { listeners } = translate(mesh, workloadOf(mesh, 'a'), AS_WRITTEN);
  const own = (listeners as unknown as Listener[]).find(({ name }) => name === 'b.shop.svc.cluster.local_80');
  return own?.default_filter_chain?.filters.map(({ name }) => name.replace('envoy.filters.network.', ''));
}

test('When a connection to a detected port is not HTTP, then mutual TLS does not offer HTTP to the callee', () => {
  expect(filtersForTcp()).toEqual(['set_filter_state', 'tcp_proxy']);
});

test('When the TLS to it is not that of the mesh, then it offers what it did', () => {
  expect(filtersForTcp(istio('DestinationRule', 'x', '  host: b\n  trafficPolicy: { tls: { mode: SIMPLE } }'))).toEqual(
    ['tcp_proxy'],
  );
});
