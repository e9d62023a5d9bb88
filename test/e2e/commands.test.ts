import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buy, purchase } from '../support/customer.ts';
import { reachablePortsOf } from '../support/reachable-ports.ts';
import { eventually } from '../support/eventually.ts';
import { tuesdayEnvironment } from '../../places/local/place/connect.ts';
import { sharedLocalShop } from '../support/shared-shop.ts';
import { tryProgram } from '../../places/program.ts';
import { PROGRAMS } from '../../places/repository.ts';

const shop = await sharedLocalShop();
const PLAIN = 'pod without sidecar';
afterAll(async () => {
  await shop.callers.stop(PLAIN);
  await shop[Symbol.asyncDispose]();
});
afterEach(() => shop.reset());

const folder = () => mkdtemp(join(tmpdir(), 'tuesday-commands-'));
/** A new file with this text. */
async function fileWith(text: string): Promise<string> {
  const file = join(await folder(), 'my.yaml');
  await writeFile(file, text);
  return file;
}
const traffic = async (requests: number) =>
  JSON.parse((await shop.tuesday('traffic', '--requests', `${requests}`, '-o', 'json')).stdout);

/** The line of a file of this repository to which a text refers after `words`. */
async function cited(text: string, words: RegExp): Promise<string> {
  const [, file, line] = new RegExp(`${words.source}.*?\\((istio/\\S+):(\\d+)\\)`).exec(text) ?? [];
  expect(file).toBeDefined();
  return (await readFile(file!, 'utf8')).split('\n')[Number(line) - 1]!.trim();
}

describe('apply', () => {
  test('When a canary is applied, then kubectl’s line says how many sidecars acknowledged it, and traffic and describe show it', async () => {
    const applied = await shop.command('apply', '-f', 'istio/canary/50.yaml');
    expect(applied).toMatch(
      /^virtualservice\.networking\.istio\.io\/recommendations configured +9 sidecars acknowledged in \d+ ms\n$/,
    );
    expect(await shop.command('apply', '-f', 'istio/canary/50.yaml')).toBe(
      'virtualservice.networking.istio.io/recommendations unchanged\n',
    );
    expect((await traffic(400)).verdicts).toMatchObject([{ promised: 0.5, outcome: 'consistent' }]);
    const out = await shop.command('describe', 'pod', 'recommendations-v2');
    expect(out).toMatch(
      /→ recommendations v2 +50 % +VirtualService shop\/recommendations \(istio\/canary\/50\.yaml:\d+\), timeout 800 ms/,
    );
    expect(await cited(out, /VirtualService shop\/recommendations/)).toBe('- route:');
  });

  test('When a route leads to a subset that does not exist, then a warning says where it is and what happens', async () => {
    const fifty = await readFile('istio/canary/50.yaml', 'utf8');
    const file = await fileWith(fifty.slice(fifty.indexOf('apiVersion')).replaceAll(/subset: v\d/g, 'subset: v3'));
    const { code, stderr } = await shop.tuesday('apply', '-f', file);
    const lost =
      'DestinationRule shop/recommendations has no subset "v3" (it has v1, v2): requests sent there get 503.';
    expect([code, stderr]).toEqual([0, `Warning: ${file}:8: ${lost}\nWarning: ${file}:10: ${lost}\n`]);
    expect((await traffic(20)).failed).toBe(20);
  });

  test('When a DestinationRule loses a subset that another file uses, then the warning is about that file', async () => {
    const file = await fileWith(`apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: recommendations }
spec: { host: recommendations, subsets: [{ name: v1, labels: { version: v1 } }] }
`);
    const { code, stderr } = await shop.tuesday('apply', '-f', file);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^Warning: istio\/base\/recommendations\.yaml:11: DestinationRule shop\/recommendations has no subset "v2" \(it has v1\): requests sent there get 503\.\n$/,
    );
  });

  test('When Envoys refuse an object, then apply fails each time with its line and the reason, and nothing of it is left', async () => {
    // No schema checks the names of Envoy's command operators, as no webhook of Istio does.
    const refused = async (operator: string) => {
      const file = await fileWith(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront-narrow }
spec:
  hosts: [storefront]
  http:
    - headers: { request: { set: { x-seen: '%${operator}%' } } }
      route: [{ destination: { host: storefront } }]
`);
      return shop.tuesday('apply', '-f', file);
    };
    // The same again, and edited and still wrong.
    for (const operator of ['NOPE', 'NOPE', 'NEITHER']) {
      const { code, stderr } = await refused(operator);
      const sentence = `my\\.yaml:2: VirtualService shop/storefront-narrow is refused by the Envoys? of [a-z].*: Not supported field in StreamInfo: ${operator}\\. Nothing was changed\\.`;
      expect([code, stderr]).toEqual([1, expect.stringMatching(new RegExp(sentence))]);
    }
    expect(await shop.command('get', 'virtualservices')).not.toContain('storefront-narrow');
    const status = await shop.command('proxy-status');
    expect([status.match(/SYNCED/g)?.length, status]).toEqual([
      5 * 9,
      expect.not.stringMatching(/ERROR|STALE|NOT SENT/),
    ]);
    expect((await buy(shop.url, purchase())).status).toBe(201);
    expect((await traffic(50)).failed).toBe(0);
    expect((await refused('PROTOCOL')).code).toBe(0);
  });
});

test('When traffic is measured, then the verdict is consistent with 90/10 and lists the callers', async () => {
  const out = await shop.command('traffic', '--requests', '1000');
  expect(out).toMatch(/recommendations v2 +\d+ +\d+\.\d % +consistent with 10 %/);
  expect(out).toMatch(/callers seen: spiffe:.*\/ns\/shop\/sa\/storefront, all over mTLS/);
});

describe('describe', () => {
  test('When a pod is described, then identity, mTLS, callers and routes name the objects that they come from', async () => {
    const out = await shop.command('describe', 'pod', 'recommendations-v2');
    expect(out).toMatch(
      /Identity: spiffe:\/\/cluster\.local\/ns\/shop\/sa\/recommendations +certificate renewed in \d+ h/,
    );
    expect(out).toMatch(/port 8080 \(http\) +mTLS STRICT +PeerAuthentication shop\/default /);
    expect(await cited(out, /mTLS STRICT/)).toBe('mtls: { mode: STRICT }');
    expect(await cited(out, /storefront, checkout: GET \/recommendations +AuthorizationPolicy .* rule 0/)).toMatch(
      /serviceAccounts: \[storefront, checkout\]/,
    );
    expect(await cited(out, /checkout: POST \/purchases +AuthorizationPolicy .* rule 1/)).toMatch(
      /serviceAccounts: \[checkout\]/,
    );
    expect(out).toMatch(/other callers +403 +AuthorizationPolicy shop\/deny-all/);
    expect(out).toMatch(/→ recommendations v2 +10 % +VirtualService shop\/recommendations/);
  });

  test('When a sidecar resets or accepts plaintext, then describe names the PeerAuthentication that decides it', async () => {
    await shop.callers.start(PLAIN);
    const { host, port } = (await reachablePortsOf(shop)).find((door) => door.app === 'billing' && door.port === 8080)!;
    const call = async () => (await shop.callers.probe(PLAIN, [{ kind: 'http', url: `http://${host}:${port}/` }]))[0]!;
    expect(await call()).toMatchObject({ status: 0, end: 'ECONNRESET' });
    const strict = await shop.command('describe', 'pod', 'billing-v');
    expect(await cited(strict, /mTLS STRICT +PeerAuthentication shop\/default/)).toBe('mtls: { mode: STRICT }');
    await shop.apply('istio/security/permissive.yaml');
    expect((await call()).status).toBe(403);
    const open = await shop.command('describe', 'pod', 'billing-v');
    expect(await cited(open, /mTLS PERMISSIVE +PeerAuthentication shop\/default/)).toBe('mtls: { mode: PERMISSIVE }');
  }, 60_000);

  test('When a service is described, then its subsets and the routes to them are listed', async () => {
    const out = await shop.command('describe', 'service', 'recommendations');
    for (const [subset, share] of Object.entries({ v1: 90, v2: 10 })) {
      expect(
        await cited(out, new RegExp(`${subset} +version=${subset} +DestinationRule shop/recommendations`)),
      ).toMatch(`name: ${subset},`);
      expect(out).toMatch(new RegExp(`→ recommendations ${subset} +${share} % +VirtualService shop/recommendations`));
    }
  });
});

test('When a file is rendered and no shop runs, then the output is the configuration that the Envoys would get', async () => {
  const env = tuesdayEnvironment(process.env, await folder());
  const tuesday = (...words: string[]) => tryProgram(process.execPath, [PROGRAMS.tuesday, ...words], { env });
  expect((await tuesday('get', 'pods')).stderr).toBe('The shop is not running. Start it with: npm start\n');
  const { stdout } = await tuesday('render', '-f', 'istio/canary/25.yaml', 'storefront', '-o', 'json');
  const [storefront, ...others] = JSON.parse(stdout);
  expect([storefront.proxies, others]).toEqual([['Deployment shop/storefront'], []]);
  const [{ route }] = storefront.routes[0].virtual_hosts[0].routes;
  expect(route.weighted_clusters.clusters).toMatchObject([
    { name: 'outbound|80|v1|recommendations.shop.svc.cluster.local', weight: 75 },
    { name: 'outbound|80|v2|recommendations.shop.svc.cluster.local', weight: 25 },
  ]);
});

test('When the last trace is requested, then it is the newest, with gateway, sidecars, apps and database', async () => {
  const idOf = (drawn: string) => /^Trace (\w+)  POST \/api\/checkout /.exec(drawn.replaceAll(/ {2,}/g, '  '))?.[1];
  const before = idOf((await shop.tuesday('trace', 'last')).stdout);
  await buy(shop.url, purchase());
  // Each process sends its spans in batches: for some seconds the newest complete trace may be an older one.
  const out = await eventually(async () => {
    const drawn = await shop.command('trace', 'last');
    return idOf(drawn) !== undefined && idOf(drawn) !== before && drawn;
  }, 15_000);
  expect(out).toMatch(/^Trace \w+ +POST \/api\/checkout +201 /);
  for (const row of [
    'gateway',
    'checkout v\\d sidecar',
    'checkout v\\d',
    'billing v\\d sidecar',
    'billing v\\d',
    'postgres',
  ])
    expect(out).toMatch(new RegExp(`^ *${row}  +\\S.*[├│].* \\d+\\.\\d`, 'm'));
});
