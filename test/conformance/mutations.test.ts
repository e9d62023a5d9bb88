import { expect, test } from '@jest/globals';
import { randomFrom } from '../bench/random.ts';
import { casesOf } from './cases.ts';
import { compareViews } from './compare.ts';
import { createExplainer } from './explained.ts';
import { translated } from './ours.ts';
import { type Kind, type Xds, createReader } from './recording.ts';
import { inboundPorts, viewOfIstio, viewOfOurs } from './view.ts';

/** A fault that a translation could have: the field and its change; undefined removes the field. */
interface Mutation {
  what: string;
  kind: Kind;
  /** Path of the field without names and positions: `virtual_hosts.routes.route.timeout`. */
  field: string;
  change(value: unknown): unknown;
}

const more = (value: unknown) => Number(value) + 1;
const other = (value: unknown) => `${String(value)}x`;
const without = () => undefined;
const ROUTE = 'virtual_hosts.routes';
const FILTER = 'filter_chains.filters.typed_config';
const HTTP = `${FILTER}.http_filters.typed_config`;
const mutation = (kind: Kind, field: string, change: Mutation['change']): Mutation => ({
  what: `${kind}: ${field} ${change === without ? 'left out' : 'changed'}`,
  kind,
  field,
  change,
});

const MUTATIONS: Mutation[] = [
  mutation('routes', `${ROUTE}.route.weighted_clusters.clusters.weight`, more),
  mutation('routes', `${ROUTE}.route.weighted_clusters.clusters.name`, other),
  mutation('routes', `${ROUTE}.route.timeout`, () => '15s'),
  mutation('routes', `${ROUTE}.route.retry_policy`, without),
  mutation('routes', `${ROUTE}.route.retry_policy.num_retries`, more),
  mutation('routes', `${ROUTE}.route.retry_policy.retry_on`, other),
  mutation('routes', `${ROUTE}.route.hash_policy`, without),
  mutation('routes', `${ROUTE}.route.request_mirror_policies`, without),
  mutation('routes', `${ROUTE}.route.prefix_rewrite`, other),
  mutation('routes', `${ROUTE}.match.headers`, without),
  mutation('routes', `${ROUTE}.match.prefix`, other),
  mutation('routes', `${ROUTE}.request_headers_to_add`, without),
  mutation('routes', `${ROUTE}.redirect`, without),
  mutation('routes', `${ROUTE}.typed_per_filter_config`, without),
  mutation('routes', 'virtual_hosts.domains', (domains) => (domains as unknown[]).slice(1)),
  mutation('clusters', 'transport_socket_matches', without),
  mutation('clusters', 'transport_socket_matches.match.tlsMode', other),
  mutation('clusters', 'transport_socket.typed_config.sni', other),
  mutation('clusters', 'outlier_detection', without),
  mutation('clusters', 'circuit_breakers.thresholds.max_connections', more),
  mutation('clusters', 'lb_policy', () => 'RANDOM'),
  mutation('clusters', 'connect_timeout', () => '1s'),
  mutation('clusters', 'common_lb_config', without),
  mutation('listeners', `${FILTER}.tracing`, without),
  mutation('listeners', `${FILTER}.tracing.random_sampling.value`, more),
  mutation('listeners', `${FILTER}.tracing.provider.typed_config.trace_context_option`, without),
  mutation('listeners', `${HTTP}.rules.policies`, without),
  mutation('listeners', `${HTTP}.rules.action`, (action) => (action === 'DENY' ? 'ALLOW' : 'DENY')),
  mutation('listeners', `${HTTP}.rules.policies.permissions`, without),
  mutation('listeners', `${HTTP}.rules.policies.principals`, without),
  mutation('listeners', 'filter_chains.filter_chain_match.transport_protocol', without),
  mutation('listeners', 'filter_chains.transport_socket', without),
  mutation('listeners', 'filter_chains.transport_socket.typed_config.require_client_certificate', () => false),
  mutation('listeners', 'listener_filters', without),
  mutation('endpoints', 'endpoints.lb_endpoints', (all) => (all as unknown[]).slice(1)),
  mutation('endpoints', 'endpoints.lb_endpoints.metadata', () => ({ filter_metadata: { other: {} } })),
];

const SEED = 7;
const random = randomFrom(SEED);
const read = createReader();
const whole = casesOf().map((one) => ({ one, recorded: read(one), ours: translated(one) }));

/** All objects in a value that have the field, each with the field's key. Keys of maps (policies, per-filter configurations) are skipped. */
function placesOf(value: unknown, field: string[]): { holder: Record<string, unknown>; key: string }[] {
  if (Array.isArray(value)) return value.flatMap((entry) => placesOf(entry, field));
  if (typeof value !== 'object' || value === null || (value as { name?: unknown }).name === 'block_all') return [];
  const holder = value as Record<string, unknown>;
  const [key = '', ...rest] = field;
  if (!(key in holder))
    return 'policies' in holder || field.length === 0 ? [] : mapsIn(holder).flatMap((entry) => placesOf(entry, field));
  return rest.length === 0 ? [{ holder, key }] : placesOf(holder[key], rest);
}

// The keys of a map are names, such as an RBAC policy's `ns[shop]-policy[…]-rule[0]`.
function mapsIn(holder: Record<string, unknown>): unknown[] {
  return Object.entries(holder).flatMap(([key, entry]) => (/\W/.test(key) ? [entry] : []));
}

test.each(MUTATIONS.map((one) => [one.what, one] as const))('When %s, then it is detected', (_what, mutant) => {
  const { kind, field, change } = mutant;
  const candidates = whole.flatMap(({ one, recorded, ours }) =>
    [...ours].flatMap(([pod, kinds]) =>
      kinds[kind].flatMap((xds, index) =>
        /^(stats|prometheus_stats)$|^inbound\|/.test(`${xds['name']}`)
          ? []
          : placesOf(xds, field.split('.')).map((_, place) => ({ one, istio: recorded[pod]!, kinds, index, place })),
      ),
    ),
  );
  expect(candidates.length).toBeGreaterThan(0);
  const { istio, kinds, index, place } = candidates[Math.floor(random() * candidates.length)]!;
  const mutated = structuredClone(kinds) as Record<Kind, Xds[]>;
  const { holder, key } = placesOf(mutated[kind][index], field.split('.'))[place]!;
  const before = JSON.stringify(holder);
  holder[key] = change(holder[key]);
  expect(JSON.stringify(holder)).not.toBe(before);
  const { explains } = createExplainer();
  const ours = viewOfOurs(JSON.parse(JSON.stringify(mutated)));
  const { differences } = compareViews(viewOfIstio(istio, inboundPorts(ours)), ours);
  expect(differences.filter((difference) => !explains(difference))).not.toEqual([]);
});

test('When the mutations are counted, then there are at least thirty', () => {
  console.info(`seed ${SEED}: ${MUTATIONS.length} mutations`);
  expect(MUTATIONS.length).toBeGreaterThanOrEqual(30);
});
