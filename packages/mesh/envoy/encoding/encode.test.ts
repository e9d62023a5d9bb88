import { expect, test } from '@jest/globals';
import { encode } from './encode.ts';
import { expectSame, resource } from './testing/reference.ts';
import { resources } from './testing/resources.ts';

const source = (fields: object) => resource('google.api.expr.v1alpha1.SourceInfo', fields);
const routes = (fields: object) => resource('envoy.config.route.v3.RouteConfiguration', { name: '80', ...fields });
const route = (fields: object) => routes({ virtual_hosts: [{ name: 'a', routes: [fields] }] });
const cluster = (fields: object) => resource('envoy.config.cluster.v3.Cluster', { name: 'a', ...fields });

test('When the proxies of the golden cases and of the shop get their resources, then the bytes of each hold its message', () => {
  const all = resources();
  for (const one of all) expectSame(one, encode(one));
  expect(all.length).toBeGreaterThan(150);
  expect(new Set(all.map((one) => one['@type'])).size).toBe(5);
});

test.each([
  ['packed numbers', source({ line_offsets: [0, 1, -1, 300, 2147483647] })],
  ['packed values of an enum', resource('envoy.config.core.v3.HealthStatusSet', { statuses: ['UNKNOWN', 'HEALTHY'] })],
  ['a map with numbers as keys', source({ positions: { '-1': 0, '0': 7, '300': -7 } })],
  ['a list with empty texts', routes({ internal_only_headers: ['', 'a', ''] })],
  ['messages in lists', routes({ virtual_hosts: [{ name: 'a', domains: ['a', 'b'], routes: [{}, {}] }, {}] })],
  ['null', cluster({ eds_cluster_config: null, connect_timeout: null, alt_stat_name: null, filters: null })],
  ['a oneof of which one is null', route({ match: { prefix: '/', path: null } })],
  ['what is undefined', cluster({ eds_cluster_config: undefined, unknown: undefined })],
  ['no name', resource('envoy.config.cluster.v3.Cluster', {})],
])('When a resource has %s, then its bytes hold that', (_what, one) => expectSame(one, encode(one)));

test('When a list or a map is empty, then nothing is written', () => {
  expect(encode(source({ line_offsets: [], positions: {}, extensions: [] }))).toHaveLength(0);
});

test.each([0, 126, 127, 128, 16_382, 16_383, 16_384, 2_097_152])(
  'When a part is about %d bytes long, then its length and those around it are right',
  (length) => {
    for (const more of [0, -4, -8, -12]) {
      const one = routes({ virtual_hosts: [{ name: 'é'.repeat(Math.max(0, length + more) / 2), domains: ['*'] }] });
      expectSame(one, encode(one));
    }
  },
);

const ROUTE = '80.virtual_hosts[0].routes[0]';
const EDS = 'envoy.config.cluster.v3.Cluster.EdsClusterConfig';

test.each([
  [
    'an unknown field',
    route({ match: { prefx: '/' } }),
    `${ROUTE}.match.prefx: envoy.config.route.v3.RouteMatch has no such field`,
  ],
  [
    'a field that objects have',
    route({ constructor: 1 }),
    `${ROUTE}.constructor: envoy.config.route.v3.Route has no such field`,
  ],
  ['camel case', cluster({ lbPolicy: 'RANDOM' }), 'a.lbPolicy: envoy.config.cluster.v3.Cluster has no such field'],
  ['@type where no Any is', route({ '@type': 'a/b' }), `${ROUTE}.@type: envoy.config.route.v3.Route has no such field`],
  ['a text for a message', cluster({ eds_cluster_config: 'a' }), `a.eds_cluster_config: "a" is not an object (${EDS})`],
  [
    'a list for a message',
    cluster({ eds_cluster_config: [] }),
    `a.eds_cluster_config: a list is not an object (${EDS})`,
  ],
  ['an object for a list', cluster({ filters: {} }), 'a.filters: an object is not a list'],
  [
    'null in a list',
    cluster({ filters: [{}, null] }),
    'a.filters[1]: null is not an object (envoy.config.cluster.v3.Filter)',
  ],
  [
    'nothing in a list',
    routes({ internal_only_headers: [undefined] }),
    '80.internal_only_headers[0]: undefined is not a string',
  ],
  [
    'a wrong packed number',
    source({ line_offsets: [1, '2'] }),
    'SourceInfo.line_offsets[1]: "2" is not a whole number from -2147483648 to 2147483647 (int32)',
  ],
  ['a list for a map', source({ positions: [] }), 'SourceInfo.positions: a list is not an object'],
  [
    'a wrong key',
    source({ positions: { x: 1 } }),
    'SourceInfo.positions["x"]: "x" is not a whole number from -9223372036854775808 to 9223372036854775807 (int64)',
  ],
  [
    'two of a oneof',
    route({ match: { prefix: '/', path: '/' } }),
    `${ROUTE}.match.path: prefix is set too, and only one of path_specifier may be (envoy.config.route.v3.RouteMatch)`,
  ],
  ['an unknown type', resource('envoy.Nothing', { name: 'a' }), 'a: there is no message type envoy.Nothing'],
  ['a type that objects have', resource('constructor', {}), 'constructor: there is no message type constructor'],
  ['no URL as its type', { '@type': 'Cluster', name: 'a' }, 'a.@type: "Cluster" is not the URL of a type'],
])('When a resource has %s, then it is refused with the path', (_what, one, message) => {
  expect(() => encode(one)).toThrow(new TypeError(message));
});

test('When a resource is refused, then the next one is as if nothing had happened', () => {
  const before = encode(cluster({}));
  expect(() => encode(routes({ virtual_hosts: [{ name: 'a', domains: [1] }] }))).toThrow();
  expect(encode(cluster({}))).toEqual(before);
});
