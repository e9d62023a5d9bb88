import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateSecret, rootSecret } from '@tuesday/mesh/envoy';
import { eventually } from '../../../test/support/eventually.ts';
import { freePort } from '../../free-port.ts';
import { envoyPath } from './envoy-path.ts';
import {
  type Authority,
  type Certificate,
  type ProxyResources,
  type Xds,
  Rejected,
  openAuthority,
  serveXds,
} from '@tuesday/mesh/control';
import { startRealEnvoy } from './testing/envoy-process.ts';
import { realCluster, realEndpoints, realListener, realRoutes } from './testing/envoy-resources.ts';
import { call, startLoad } from './testing/load.ts';

const NODE = 'sidecar~127.0.0.1~checkout.shop~shop.svc.cluster.local';
const LINGER_MS = 500;
const CALLER = 'spiffe://cluster.local/ns/shop/sa/checkout';
const CALLEE = 'spiffe://cluster.local/ns/shop/sa/recommendations';

const REMOVED_STAT = 'cluster_manager.cluster_removed';
const REMOVED = `/stats?filter=${REMOVED_STAT}`;

let stack: AsyncDisposableStack;
let folder: string;
let authority: Authority;
let certificate: Certificate;
let xds: Xds;
let envoy: Awaited<ReturnType<typeof startRealEnvoy>>;
let port: number;
let ports: Record<'v1' | 'v2', number>;

/** Answers its name, over mutual TLS, to holders of a certificate of ours. */
async function startCallee(name: string): Promise<number> {
  const { chain, key } = await authority.issue(CALLEE);
  const server = createServer({ cert: chain, key, ca: authority.root, requestCert: true }, (_request, response) => {
    response.end(name);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A cluster's name ends with the version of its pods: `3-v1`. */
function wantedOf(weights: Record<string, number>): ProxyResources {
  const names = Object.keys(weights);
  return {
    clusters: names.map((name) => realCluster(name, CALLEE)),
    endpoints: names.map((name) => realEndpoints(name, [ports[name.endsWith('v1') ? 'v1' : 'v2']])),
    routes: [realRoutes('80', weights)],
    listeners: [realListener('0.0.0.0_80', port)],
    secrets: [certificateSecret(certificate), rootSecret(authority.root)],
  };
}

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  folder = await mkdtemp(join(tmpdir(), 'envoy-'));
  stack.defer(() => rm(folder, { recursive: true }));
  authority = await openAuthority(join(folder, 'ca'), { trustDomain: 'cluster.local' });
  certificate = await authority.issue(CALLER);
  ports = { v1: await startCallee('v1'), v2: await startCallee('v2') };
  port = await freePort();
  xds = await serveXds(join(folder, 'xds.sock'), { lingerMs: LINGER_MS });
  stack.defer(() => xds.stop());
  envoy = stack.use(await startRealEnvoy(envoyPath(process.env), folder, NODE));
});
afterEach(() => stack.disposeAsync());

describe('a real Envoy', () => {
  test('When weights change fifty times under load, then no request fails, and each change takes effect at once', async () => {
    await xds.push(NODE, wantedOf({ v1: 100, v2: 0 }));
    const load = startLoad(port, 4);
    for (let change = 1; change <= 50; change += 1) {
      const to = change % 2 === 0 ? 'v1' : 'v2';
      await xds.push(NODE, wantedOf({ v1: 0, v2: 0, [to]: 100 }));
      expect(await call(port)).toBe(`200 ${to}`);
    }
    const outcomes = await load.stop();
    expect(outcomes.length).toBeGreaterThan(100);
    expect(new Set(outcomes)).toEqual(new Set(['200 v1', '200 v2']));
  });

  test('When every push replaces all clusters, endpoints and certificates under load, then no request fails', async () => {
    await xds.push(NODE, wantedOf({ '0-v1': 1 }));
    const load = startLoad(port, 4);
    for (let change = 1; change <= 25; change += 1) {
      certificate = await authority.issue(CALLER);
      await xds.push(NODE, wantedOf({ [`${change}-v1`]: 1, [`${change}-v2`]: 1 }));
    }
    await eventually(async () => (await envoy.admin(REMOVED)).trim() === `${REMOVED_STAT}: 49`);
    expect(new Set(await load.stop())).toEqual(new Set(['200 v1', '200 v2']));
  });

  test('When a request is delayed while its cluster is removed, then it is still answered', async () => {
    await xds.push(NODE, wantedOf({ v1: 1 }));
    const delayed = call(port, { 'x-envoy-fault-delay-request': String(LINGER_MS / 2) });
    await eventually(async () => (await envoy.admin('/stats?filter=downstream_rq_active')).includes('rq_active: 1'));
    await xds.push(NODE, wantedOf({ v2: 1 }));
    expect(await call(port)).toBe('200 v2');
    expect(await delayed).toBe('200 v1');
    await eventually(async () => (await envoy.admin(REMOVED)).trim() === `${REMOVED_STAT}: 1`);
  });

  test('When a listener is rejected, then the push says so, and the proxy keeps its configuration', async () => {
    const good = wantedOf({ v1: 1 });
    await xds.push(NODE, good);
    const bad = { ...good, listeners: [realListener('0.0.0.0_80', port, { no_such_field: true })] };
    await expect(xds.push(NODE, bad)).rejects.toEqual(new Rejected('listeners', ['0.0.0.0_80']));
    expect(await call(port)).toBe('200 v1');
    expect(await envoy.log()).toContain('no_such_field');
    expect(await envoy.admin('/stats?filter=lds.update_rejected')).toContain('listener_manager.lds.update_rejected: 1');
    await xds.push(NODE, wantedOf({ v2: 1 }));
    expect(await call(port)).toBe('200 v2');
  });
});
