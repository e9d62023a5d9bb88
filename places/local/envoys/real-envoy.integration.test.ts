import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateSecret, rootSecret } from '@tuesday/mesh/envoy';
import { SIZE } from '../../../test/support/size.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { freePort } from '../../free-port.ts';
import { envoyPath } from './envoy-path.ts';
import {
  type Authority,
  type Certificate,
  type ProxyResources,
  type Xds,
  openAuthority,
  serveXds,
  takenPort,
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
  const server = createServer({ cert: chain, key, ca: authority.bundle(), requestCert: true }, (_request, response) => {
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
    secrets: [certificateSecret(certificate), rootSecret(authority.bundle())],
  };
}

/** Pushes, and waits until Envoy uses it or has refused it. */
async function push(resources: ProxyResources): Promise<void> {
  xds.push(NODE, resources);
  await eventually(() => xds.stateOf(NODE)?.isDone() === true);
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
  test('When weights change many times under load, then no request fails, and each change takes effect at once', async () => {
    await push(wantedOf({ v1: 100, v2: 0 }));
    const load = startLoad(port, 4);
    for (let change = 1; change <= SIZE.pushes; change += 1) {
      const to = change % 2 === 0 ? 'v1' : 'v2';
      await push(wantedOf({ v1: 0, v2: 0, [to]: 100 }));
      expect(await call(port)).toBe(`200 ${to}`);
    }
    const outcomes = await load.stop();
    expect(outcomes.length).toBeGreaterThan(SIZE.pushRequests);
    expect(new Set(outcomes)).toEqual(new Set(['200 v1', '200 v2']));
  });

  test('When every push replaces all clusters, endpoints and certificates under load, then no request fails', async () => {
    await push(wantedOf({ '0-v1': 1 }));
    const load = startLoad(port, 4);
    for (let change = 1; change <= SIZE.pushes / 2; change += 1) {
      certificate = await authority.issue(CALLER);
      await push(wantedOf({ [`${change}-v1`]: 1, [`${change}-v2`]: 1 }));
    }
    await eventually(async () => (await envoy.admin(REMOVED)).trim() === `${REMOVED_STAT}: ${SIZE.pushes - 1}`);
    const outcomes = await load.stop();
    expect(outcomes.length).toBeGreaterThan(SIZE.pushRequests);
    expect(new Set(outcomes)).toEqual(new Set(['200 v1', '200 v2']));
  });

  test('When a request is delayed while its cluster is removed, then it is still answered', async () => {
    await push(wantedOf({ v1: 1 }));
    const delayed = call(port, { 'x-envoy-fault-delay-request': String(LINGER_MS / 2) });
    await eventually(async () => (await envoy.admin('/stats?filter=downstream_rq_active')).includes('rq_active: 1'));
    await push(wantedOf({ v2: 1 }));
    expect(await call(port)).toBe('200 v2');
    expect(await delayed).toBe('200 v1');
    await eventually(async () => (await envoy.admin(REMOVED)).trim() === `${REMOVED_STAT}: 1`);
  });

  test('When Envoy refuses resources, then each has its own reason, all others are in use, and the old ones stay', async () => {
    const good = wantedOf({ v1: 1 });
    await push(good);
    const bad = (name: string) => ({ ...realCluster(name, CALLEE), connect_timeout: '-1s' });
    const many = Array.from({ length: 20 }, (_, index) => `more-${index}-v1`);
    // No request goes to the one that Envoy refuses.
    const more = wantedOf(Object.fromEntries(['v1', ...many].map((name) => [name, name === 'more-7-v1' ? 0 : 1])));
    const broken = { ...more, clusters: more.clusters.map((one) => (one.name === 'more-7-v1' ? bad(one.name) : one)) };
    await push({ ...broken, listeners: [realListener('0.0.0.0_80', port, { stat_prefix: '' })] });
    expect(xds.stateOf(NODE)?.refusals()).toEqual([
      { type: 'clusters', name: 'more-7-v1', reason: expect.stringMatching(/positive duration/) },
      { type: 'listeners', name: '0.0.0.0_80', reason: expect.stringMatching(/StatPrefix/) },
    ]);
    const clusters = await envoy.admin('/clusters?format=json');
    expect(many.filter((name) => !clusters.includes(`"${name}"`))).toEqual(['more-7-v1']);
    expect(await call(port)).toMatch(/^200 v1/);
    await push(wantedOf({ v2: 1 }));
    expect([xds.stateOf(NODE)?.refusals(), await call(port)]).toEqual([[], '200 v2']);
  });

  test('When a resource is no message of Envoy’s, then it is refused with its path before Envoy sees it', async () => {
    const good = wantedOf({ v1: 1 });
    await push(good);
    await push({ ...good, listeners: [realListener('0.0.0.0_80', port, { no_such_field: true })] });
    expect(xds.stateOf(NODE)?.refusals()).toMatchObject([
      { type: 'listeners', name: '0.0.0.0_80', reason: expect.stringContaining('no_such_field') },
    ]);
    expect(await call(port)).toBe('200 v1');
    expect(await envoy.admin('/stats?filter=lds.update_rejected')).toContain('listener_manager.lds.update_rejected: 0');
  });

  test('When another program holds a listener’s port, then the reason names the port', async () => {
    const other = createServer().listen(await freePort(), '127.0.0.1');
    stack.defer(() => void other.close());
    await once(other, 'listening');
    const taken = (other.address() as AddressInfo).port;
    await push({ ...wantedOf({ v1: 1 }), listeners: [realListener('0.0.0.0_80', taken)] });
    expect(
      xds
        .stateOf(NODE)
        ?.refusals()
        .map(({ reason }) => takenPort(reason)),
    ).toEqual([taken]);
  });

  test('When an assignment that a changed cluster waits for is refused, then no other cluster waits for it', async () => {
    const good = wantedOf({ v1: 1, v2: 1 });
    await push(good);
    const changed = good.clusters.map((one) => ({ ...one, connect_timeout: '2s' }));
    const [first, second] = good.endpoints;
    const broken = { ...first!, policy: { overprovisioning_factor: 0 } };
    await push({ ...good, clusters: changed, endpoints: [broken, second!] });
    expect(xds.stateOf(NODE)?.refusals()).toMatchObject([{ type: 'endpoints', name: 'v1' }]);
    await push(good);
    expect(xds.stateOf(NODE)?.refusals()).toEqual([]);
  });
});
