import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buy, purchase } from '../support/customer.ts';
import { doorsOf } from '../support/doors.ts';
import { eventually } from '../support/eventually.ts';
import { tuesdayEnvironment } from '../../places/local/place/connect.ts';
import { sharedLocalShop } from '../support/shared.ts';
import { askProgram } from '../../places/program.ts';
import { PROGRAMS } from '../../places/repository.ts';

const shop = await sharedLocalShop();
const PLAIN = 'pod without sidecar';
afterAll(async () => {
  await shop.callers.stop(PLAIN);
  await shop[Symbol.asyncDispose]();
});
afterEach(() => shop.reset());

const folder = () => mkdtemp(join(tmpdir(), 'tuesday-commands-'));
/** Each its own: the shop follows the files that it was given, and takes what is written into them by itself. */
async function fileWith(text: string): Promise<string> {
  const file = join(await folder(), 'my.yaml');
  await writeFile(file, text);
  return file;
}
const traffic = async (requests: number) =>
  JSON.parse((await shop.tuesday('traffic', '--requests', `${requests}`, '-o', 'json')).stdout);

/** What stands in the line of a file of this repository that a text names after `words`. */
async function cited(text: string, words: RegExp): Promise<string> {
  const [, file, line] = new RegExp(`${words.source}.*?\\((istio/\\S+):(\\d+)\\)`).exec(text) ?? [];
  expect(file).toBeDefined();
  return (await readFile(file!, 'utf8')).split('\n')[Number(line) - 1]!.trim();
}

describe('apply', () => {
  test('When a canary is applied, then kubectl’s line says how many sidecars acknowledged, and traffic and describe follow', async () => {
    const applied = await shop.command('apply', '-f', 'istio/canary/50.yaml');
    expect(applied).toMatch(
      /^virtualservice\.networking\.istio\.io\/recommendations configured +9 sidecars acknowledged in \d+ ms\n$/,
    );
    expect(await shop.command('apply', '-f', 'istio/canary/50.yaml')).toBe(
      'virtualservice.networking.istio.io/recommendations unchanged\n',
    );
    expect((await traffic(400)).verdicts).toMatchObject([{ promised: 0.5, outcome: 'consistent' }]);
    const said = await shop.command('describe', 'pod', 'recommendations-v2');
    expect(said).toMatch(
      /→ recommendations v2 +50 % +VirtualService shop\/recommendations \(istio\/canary\/50\.yaml:\d+\), timeout 800 ms/,
    );
    expect(await cited(said, /VirtualService shop\/recommendations/)).toBe('- route:');
  });

  test('When a route leads to a subset that is not there, then a warning says where it stands and what comes of it', async () => {
    const fifty = await readFile('istio/canary/50.yaml', 'utf8');
    const file = await fileWith(fifty.slice(fifty.indexOf('apiVersion')).replaceAll(/subset: v\d/g, 'subset: v3'));
    const { code, stderr } = await shop.tuesday('apply', '-f', file);
    const lost = 'DestinationRule recommendations has no subset "v3" (it has v1, v2): requests sent there get 503.';
    expect([code, stderr]).toEqual([0, `Warning: ${file}:8: ${lost}\nWarning: ${file}:10: ${lost}\n`]);
    expect((await traffic(20)).failed).toBe(20);
  });

  test('When a DestinationRule loses a subset that another file leads to, then the warning is about that file', async () => {
    const file = await fileWith(`apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: recommendations }
spec: { host: recommendations, subsets: [{ name: v1, labels: { version: v1 } }] }
`);
    const { code, stderr } = await shop.tuesday('apply', '-f', file);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^Warning: istio\/base\/recommendations\.yaml:11: DestinationRule recommendations has no subset "v2" \(it has v1\): requests sent there get 503\.\n$/,
    );
  });

  test('When an Envoy refuses what it is told, then its reason and the file are said, and the shop goes on', async () => {
    // RE2 takes no number of repetitions above 1,000: no schema knows that.
    const file = await fileWith(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront-narrow }
spec:
  hosts: [storefront]
  http:
    - match: [{ uri: { regex: '/a{1001}' } }]
      route: [{ destination: { host: storefront } }]
    - route: [{ destination: { host: storefront } }]
`);
    const { code, stderr } = await shop.tuesday('apply', '-f', file);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /my\.yaml:2: \d Envoys refused it and keep what they had: invalid repetition size: \{1001\}\. They are those of .*storefront-/,
      ),
    ]);
    expect((await buy(shop.url, purchase())).status).toBe(201);
    expect((await traffic(50)).failed).toBe(0);
  });
});

test('When traffic is asked for, then its verdict goes with 90/10 and names the callers', async () => {
  const said = await shop.command('traffic', '--requests', '1000');
  expect(said).toMatch(/recommendations v2 +\d+ +\d+\.\d % +consistent with 10 %/);
  expect(said).toMatch(/callers seen: spiffe:.*\/ns\/shop\/sa\/storefront, all over mTLS/);
});

describe('describe', () => {
  test('When a pod is described, then identity, mTLS, callers and routes name the objects that decided', async () => {
    const said = await shop.command('describe', 'pod', 'recommendations-v2');
    expect(said).toMatch(
      /Identity: spiffe:\/\/cluster\.local\/ns\/shop\/sa\/recommendations +certificate renewed in \d+ h/,
    );
    expect(said).toMatch(/port 8080 \(http\) +mTLS STRICT +PeerAuthentication shop\/default /);
    expect(await cited(said, /mTLS STRICT/)).toBe('mtls: { mode: STRICT }');
    expect(await cited(said, /storefront, checkout: GET \/recommendations +AuthorizationPolicy .* rule 0/)).toMatch(
      /serviceAccounts: \[storefront, checkout\]/,
    );
    expect(await cited(said, /checkout: POST \/purchases +AuthorizationPolicy .* rule 1/)).toMatch(
      /serviceAccounts: \[checkout\]/,
    );
    expect(said).toMatch(/anybody else +403 +AuthorizationPolicy shop\/deny-all/);
    expect(said).toMatch(/→ recommendations v2 +10 % +VirtualService shop\/recommendations/);
  });

  test('When plaintext is reset at a sidecar, then it says by whose word, and by whose it is let in', async () => {
    await shop.callers.start(PLAIN);
    const { host, port } = (await doorsOf(shop)).find((door) => door.app === 'billing' && door.port === 8080)!;
    const speak = async () => (await shop.callers.probe(PLAIN, [{ kind: 'http', url: `http://${host}:${port}/` }]))[0]!;
    expect(await speak()).toMatchObject({ status: 0, end: 'ECONNRESET' });
    const strict = await shop.command('describe', 'pod', 'billing-v');
    expect(await cited(strict, /mTLS STRICT +PeerAuthentication shop\/default/)).toBe('mtls: { mode: STRICT }');
    await shop.apply('istio/security/permissive.yaml');
    expect((await speak()).status).toBe(403);
    const open = await shop.command('describe', 'pod', 'billing-v');
    expect(await cited(open, /mTLS PERMISSIVE +PeerAuthentication shop\/default/)).toBe('mtls: { mode: PERMISSIVE }');
  }, 60_000);

  test('When a service is described, then its subsets and their ways are there', async () => {
    const said = await shop.command('describe', 'service', 'recommendations');
    for (const [subset, share] of Object.entries({ v1: 90, v2: 10 })) {
      expect(
        await cited(said, new RegExp(`${subset} +version=${subset} +DestinationRule shop/recommendations`)),
      ).toMatch(`name: ${subset},`);
      expect(said).toMatch(new RegExp(`→ recommendations ${subset} +${share} % +VirtualService shop/recommendations`));
    }
  });
});

test('When a file is rendered and no shop runs, then it is what the Envoys would be told', async () => {
  const env = tuesdayEnvironment(process.env, await folder());
  const tuesday = (...words: string[]) => askProgram(process.execPath, [PROGRAMS.tuesday, ...words], { env });
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

test('When the last trace is asked for, then it is the newest, with gateway, sidecars, apps and database', async () => {
  const idOf = (drawn: string) => /^Trace (\w+)  POST \/api\/checkout /.exec(drawn.replaceAll(/ {2,}/g, '  '))?.[1];
  const before = idOf((await shop.tuesday('trace', 'last')).stdout);
  await buy(shop.url, purchase());
  // Each process sends its spans when it has time: the newest whole trace may be an older one for some seconds.
  const said = await eventually(async () => {
    const drawn = await shop.command('trace', 'last');
    return idOf(drawn) !== undefined && idOf(drawn) !== before && drawn;
  }, 15_000);
  expect(said).toMatch(/^Trace \w+ +POST \/api\/checkout +201 /);
  for (const who of [
    'gateway',
    'checkout v\\d sidecar',
    'checkout v\\d',
    'billing v\\d sidecar',
    'billing v\\d',
    'postgres',
  ])
    expect(said).toMatch(new RegExp(`^ *${who}  +\\S.*[├│].* \\d+\\.\\d`, 'm'));
});
