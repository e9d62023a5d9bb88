import { expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource } from '@tuesday/mesh/manifests';
import type { Service } from '@tuesday/mesh/model';
import { createPlacement } from '../envoys/placement.ts';
import type { Proxy } from '../envoys/proxy.ts';
import { deployment, service } from '../testing/manifests.ts';
import { fakePod, resource } from '../testing/pod.ts';
import { endpointsOf, reachablePort } from './endpoints.ts';
import { createNetwork } from './network.ts';
import { serviceAddresses } from './service-addresses.ts';

const APP = 20_001;
const SIDECAR = 30_001;

function placement() {
  let next = SIDECAR;
  return createPlacement({
    ports: new Map([[8080, APP]]),
    take: () => next++,
    adminSocket: '',
    serviceAddress: () => undefined,
  });
}

/** A pod with a sidecar and with these annotations. */
function podWith(annotations: Record<string, string>) {
  const web: Resource = resource(deployment());
  const pod = fakePod(web, { annotations, ports: new Map([[8080, APP]]) });
  const template = { ...pod.template, metadata: { ...pod.template.metadata, annotations } };
  return { ...pod, template, proxy: { kind: 'sidecar', placement: placement() } as unknown as Proxy };
}

const OUT = 'traffic.sidecar.istio.io/excludeOutboundPorts';
const IN = 'traffic.sidecar.istio.io/excludeInboundPorts';

test('When a pod takes a port out of its sidecar’s way, then others reach the app itself', () => {
  expect(reachablePort(podWith({}), 8080)).not.toBe(APP);
  expect(reachablePort(podWith({ [IN]: '8080' }), 8080)).toBe(APP);
  expect(reachablePort(podWith({ [IN]: '9090', [OUT]: '8080' }), 8080)).not.toBe(APP);
});

test('When it takes its calls to a port out, then they lead to ready pods, and others to its sidecar', () => {
  const ready = fakePod(resource(deployment()), { ports: new Map([[8080, APP]]) });
  const endpoints = () => endpointsOf([resource(service('web'))], [ready], serviceAddresses());
  const web = { fqdn: 'web.shop.svc.cluster.local', ports: [{ port: 80, protocol: 'http' }] } as unknown as Service;
  const state = mkdtempSync(join(tmpdir(), 'tuesday-network-'));
  const network = createNetwork({ state, endpoints, pods: () => [ready], services: () => [web] });
  const portsFor = (name: string, annotations: Record<string, string>) => {
    network.addSidecar({ name, annotations }, placement());
    const text = readFileSync(network.fileOf({ name, proxy: { kind: 'sidecar' } }), 'utf8');
    return (JSON.parse(text) as { services: Record<string, { ports: object }> }).services['shop/web']?.ports;
  };
  expect(portsFor('past', { [OUT]: '80' })).toEqual({ 80: [APP] });
  const through = portsFor('meshed', { [OUT]: '81' }) as Record<string, number[]>;
  expect(through['80']?.[0]).toBeGreaterThanOrEqual(SIDECAR);
});
