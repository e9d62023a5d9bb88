import { expect, test } from '@jest/globals';
import { openAuthority } from '@tuesday/mesh/control';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeShop } from '../testing/fake-shop.ts';
import { pod } from '../testing/objects.ts';
import { runCli } from '../testing/run-cli.ts';

const NAME = 'billing-v1-7d9c4b8f6-x2x9k';
const A = 'outbound|80|v1|a.shop.svc.cluster.local';
const address = (port: number) => ({ socket_address: { address: '127.0.0.1', port_value: port } });
const rds = (name: string) => ({ filters: [{ typed_config: { rds: { route_config_name: name } } }] });
const istio = (kind: string, name: string) => ({
  metadata: { filter_metadata: { istio: { config: `/apis/networking.istio.io/v1/namespaces/shop/${kind}/${name}` } } },
});
const type = (kind: string) => ({ '@type': `type.googleapis.com/envoy.admin.v3.${kind}ConfigDump` });
const listener = (name: string, port: number, chain: object) => ({
  name,
  active_state: { listener: { name, address: address(port), filter_chains: [chain] } },
});
const inbound = {
  filter_chain_match: { transport_protocol: 'tls' },
  filters: [
    {
      typed_config: {
        route_config: {
          virtual_hosts: [
            { domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: 'inbound|8080||' } }] },
          ],
        },
      },
    },
  ],
};
const hosts = [
  {
    name: 'a.shop.svc.cluster.local:80',
    domains: ['a.shop.svc.cluster.local', 'a', 'a.shop.svc', 'a.shop', 'b'],
    routes: [{ match: { prefix: '/' }, ...istio('virtual-service', 'a') }],
  },
];
const dump = {
  configs: [
    {
      ...type('Clusters'),
      dynamic_active_clusters: [
        { cluster: { name: A, type: 'EDS', ...istio('destination-rule', 'a') } },
        { cluster: { name: 'inbound|8080||', type: 'STATIC' } },
      ],
    },
    {
      ...type('Listeners'),
      dynamic_listeners: [listener('0.0.0.0_80', 20_002, rds('80')), listener('virtualInbound-8080', 20_001, inbound)],
    },
    { ...type('Routes'), dynamic_route_configs: [{ route_config: { name: '80', virtual_hosts: hosts } }] },
  ],
};
const statuses = [
  { name: A, host_statuses: [{ address: address(20_007), health_status: { eds_health_status: 'HEALTHY' } }] },
];
const envoy = `GET /pods/shop/${NAME}/envoy`;
const answers = {
  [`${envoy}/config_dump`]: { json: dump },
  [`${envoy}/clusters`]: { json: { cluster_statuses: statuses } },
};

async function config(...words: string[]) {
  await using shop = await fakeShop(answers, [pod('billing', 'v1')]);
  const [kind = '', ...rest] = words;
  return (await runCli(shop, 'proxy-config', kind, NAME, ...rest)).out.replaceAll(/ {2,}/g, '  ');
}

test.each([
  [
    ['listeners'],
    'ADDRESSES  PORT  MATCH  DESTINATION\n127.0.0.1  20001  Trans: tls  Cluster: inbound|8080||\n127.0.0.1  20002  ALL  Route: 80\n',
  ],
  [
    ['listeners', '--port', '8080'],
    'ADDRESSES  PORT  MATCH  DESTINATION\n127.0.0.1  20001  Trans: tls  Cluster: inbound|8080||\n',
  ],
  [['listener', '--port', '20002'], 'ADDRESSES  PORT  MATCH  DESTINATION\n127.0.0.1  20002  ALL  Route: 80\n'],
  [
    ['routes'],
    'NAME  VHOST NAME  DOMAINS  MATCH  VIRTUAL SERVICE\n80  a.shop.svc.cluster.local:80  a, a.shop + 1 more...  /*  a.shop\n',
  ],
  [['routes', '--name', '81'], 'NAME  VHOST NAME  DOMAINS  MATCH  VIRTUAL SERVICE\n'],
  [
    ['clusters', '--direction', 'outbound'],
    'SERVICE FQDN  PORT  SUBSET  DIRECTION  TYPE  DESTINATION RULE\na.shop.svc.cluster.local  80  v1  outbound  EDS  a.shop\n',
  ],
  [['endpoints'], `ENDPOINT  STATUS  OUTLIER CHECK  CLUSTER\n127.0.0.1:20007  HEALTHY  OK  ${A}\n`],
  [['endpoints', '--status', 'UNHEALTHY'], 'ENDPOINT  STATUS  OUTLIER CHECK  CLUSTER\n'],
])('When `proxy-config %j` is asked for, then the table is the one of istioctl', async (words, out) => {
  expect(await config(...words)).toBe(out);
});

test('When JSON is asked for, then it is Envoy’s own', async () => {
  expect(JSON.parse(await config('routes', '-o', 'json'))).toEqual([{ name: '80', virtual_hosts: hosts }]);
});

test('When secrets are asked for, then the certificate is there and the key is not', async () => {
  const authority = await openAuthority(mkdtempSync(join(tmpdir(), 'tuesday-ca-')), { trustDomain: 'cluster.local' });
  const { chain, notAfter } = await authority.issue('spiffe://cluster.local/ns/shop/sa/billing');
  const bytes = (pem: string) => ({ inline_bytes: Buffer.from(pem).toString('base64') });
  const secrets = [
    {
      name: 'default',
      secret: { tls_certificate: { certificate_chain: bytes(chain), private_key: bytes('[redacted]') } },
    },
    { name: 'ROOTCA', secret: { validation_context: { trusted_ca: { inline_string: authority.bundle() } } } },
  ];
  const json = { configs: [{ ...type('Secrets'), dynamic_active_secrets: secrets }] };
  await using shop = await fakeShop({ [`${envoy}/config_dump`]: { json } }, [pod('billing', 'v1')]);
  const { out } = await runCli(shop, 'proxy-config', 'secrets', NAME);
  const until = `${notAfter.toISOString().slice(0, 16)}`;
  expect(out).toMatch(/^RESOURCE NAME +TYPE +STATUS +VALID CERT +SERIAL NUMBER +NOT AFTER +NOT BEFORE\n/);
  expect(out).toMatch(new RegExp(`default +Cert Chain +ACTIVE +true +[0-9a-f]+ +${until}`));
  expect(out).toMatch(/ROOTCA +CA +ACTIVE +true/);
});
