import { expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Authority, type ProxyResources, openAuthority, serveXds } from '@tuesday/mesh/control';
import { certificateSecret, rootSecret } from '@tuesday/mesh/envoy';
import { type Random, createRandom } from '../../../packages/mesh/control/xds/testing/random.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { SIZE } from '../../../test/support/size.ts';
import { freePort } from '../../free-port.ts';
import { envoyPath } from './envoy-path.ts';
import { startRealEnvoy } from './testing/envoy-process.ts';
import { realCluster, realEndpoints, realListener, realRoutes } from './testing/envoy-resources.ts';

const IDENTITY = 'spiffe://cluster.local/ns/shop/sa/web';
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const STEPS = 25;

interface World {
  random: Random['below'];
  authority: Authority;
  port: number;
}

/** Some clusters with endpoints, routes to them, and a listener; with a part that Envoy refuses where `mayBeBad`. */
async function configurationOf({ random, authority, port }: World, mayBeBad: boolean): Promise<ProxyResources> {
  const names = NAMES.filter(() => random(3) > 0);
  const bad = mayBeBad ? random(6) : -1;
  const weights = Object.fromEntries(names.map((name) => [name, 1 + random(3)]));
  const clusters = names.map((name) => realCluster(name, IDENTITY, `${1 + random(2)}s`));
  const routes = realRoutes('80', names.length === 0 ? { a: 1 } : weights);
  return {
    clusters: bad === 0 && clusters[0] ? [{ ...clusters[0], connect_timeout: '-1s' }, ...clusters.slice(1)] : clusters,
    endpoints: names.map((name) => realEndpoints(name, [20_000 + random(2)])),
    routes: [
      bad === 1 ? { ...routes, virtual_hosts: [0, 1].map(() => (routes['virtual_hosts'] as object[])[0]) } : routes,
    ],
    listeners: [realListener('0.0.0.0_80', port, { stat_prefix: bad === 2 ? '' : `s${random(2)}` })],
    secrets: [certificateSecret(await authority.issue(IDENTITY)), rootSecret(authority.bundle())],
  };
}

type Envoy = Awaited<ReturnType<typeof startRealEnvoy>>;
type Dump = Record<string, Record<string, unknown>[] | undefined>;

/** What an Envoy uses, without times: clusters, routes and listeners as they were sent, and the hosts of each cluster. */
async function usedBy(envoy: Envoy): Promise<unknown> {
  const { configs } = JSON.parse(await envoy.admin('/config_dump')) as { configs: Dump[] };
  const part = (name: string) => configs.flatMap((one) => one[name] ?? []);
  const hosts = JSON.parse(await envoy.admin('/clusters?format=json')) as {
    cluster_statuses: { name: string; host_statuses?: { address: object }[] }[];
  };
  const byText = (all: unknown[]) => all.map((one) => JSON.stringify(one)).sort();
  return {
    clusters: byText(part('dynamic_active_clusters').map(({ cluster }) => cluster)),
    warming: part('dynamic_warming_clusters').length,
    routes: byText(part('dynamic_route_configs').map(({ route_config }) => route_config)),
    // A listener that drains stands there as well.
    listeners: byText(
      part('dynamic_listeners').flatMap(
        ({ active_state }) => (active_state as { listener: object } | undefined)?.listener ?? [],
      ),
    ),
    hosts: byText(
      hosts.cluster_statuses.map(({ name, host_statuses = [] }) => [name, host_statuses.map(({ address }) => address)]),
    ),
  };
}

async function sequence(seed: number, folder: string): Promise<[old: unknown, fresh: unknown]> {
  await using stack = new AsyncDisposableStack();
  const { below: random } = createRandom(seed);
  const authority = await openAuthority(join(folder, 'ca'), { trustDomain: 'cluster.local' });
  const world = { random, authority, port: await freePort() };
  const socket = join(folder, 'xds.sock');
  let xds = await serveXds(socket, { lingerMs: 20 });
  stack.defer(() => xds.stop());
  const start = (node: string) => startRealEnvoy(envoyPath(process.env), folder, node);
  let envoy = await start('old');
  stack.defer(() => envoy[Symbol.asyncDispose]());

  let resources = await configurationOf(world, false);
  for (let step = 0; step < STEPS; step++) {
    const act = random(10);
    if (act === 0) {
      await envoy[Symbol.asyncDispose]();
      envoy = await start('old');
    } else if (act === 1) {
      await xds.stop();
      xds = await serveXds(socket, { lingerMs: 20 });
    } else resources = await configurationOf(world, act < 6);
    xds.push('old', resources);
    await wait([0, 0, 5, 40, 150][random(5)]);
  }
  resources = await configurationOf(world, false);
  xds.push('old', resources);
  await eventually(() => xds.stateOf('old')?.isDone() === true);
  expect(xds.stateOf('old')?.refusals()).toEqual([]);

  await using other = await start('fresh');
  // Two Envoys cannot listen at one port.
  const elsewhere = await freePort();
  const listeners = resources.listeners.map((one) =>
    JSON.parse(JSON.stringify(one).replaceAll(`${world.port}`, `${elsewhere}`)),
  );
  xds.push('fresh', { ...resources, listeners });
  await eventually(() => xds.stateOf('fresh')?.isDone() === true);
  const found = async () => JSON.parse(JSON.stringify(await usedBy(envoy)).replaceAll(`${world.port}`, `${elsewhere}`));
  const expected = await usedBy(other);
  // Clusters that nobody uses any more linger.
  await eventually(async () => JSON.stringify(await found()) === JSON.stringify(expected)).catch(() => undefined);
  return [await found(), expected];
}

test.each(Array.from({ length: SIZE.realSequences }, (_, index) => index + 1))(
  'When configurations, refusals and restarts come in any order (%d), then a real Envoy ends as a fresh one',
  async (seed) => {
    const folder = await mkdtemp(join(tmpdir(), 'envoy-'));
    try {
      const [found, expected] = await sequence(seed, folder);
      expect(found).toEqual(expected);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  60_000,
);
