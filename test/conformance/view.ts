import { type Kind, type Xds, mapKinds } from './recording.ts';

/** One proxy's configuration in comparable form: the resources of each kind by name. */
export type View = Record<Kind, Record<string, Xds>>;

interface Chain extends Xds {
  filter_chain_match?: { destination_port?: number };
  name?: string;
  filters: { name?: string; typed_config?: { cluster?: string } }[];
}
/** Matches a port range, one of several, or everything else. */
interface Disabled {
  destination_port_range?: { start: number; end: number };
  or_match?: { rules: Disabled[] };
  not_match?: Disabled;
}
interface ListenerFilter {
  name: string;
  filter_disabled?: Disabled;
}
interface Listener extends Xds {
  name: string;
  filter_chains?: Chain[];
  default_filter_chain?: Chain;
  listener_filters?: ListenerFilter[];
}

/**
 * Istio's side. Its listener virtualInbound has every inbound port, distinguished by destination_port; our side has a listener
 * for each port, so it is split; `ports` are those for which ours has one. A listener of one Service's port is named after the Service's
 * address, which is arbitrary: use the Service's name.
 */
export function viewOfIstio(kinds: Record<Kind, readonly Xds[]>, ports: readonly number[]): View {
  const listeners = (kinds.listeners as Listener[])
    .map(withoutMongo)
    .flatMap((one) => (one.name === 'virtualInbound' ? split(one, ports) : [withPassthrough(withServiceName(one))]));
  const known = new Set(kinds.clusters.map(({ name }) => name));
  const passed = ports.filter((port) => !known.has(inboundName(port)));
  const [all] = kinds.clusters.filter(({ name }) => name === PASSTHROUGH);
  const clusters = all === undefined ? [] : passed.map((port) => passedOn(all, port));
  return byName({ ...kinds, listeners, clusters: [...kinds.clusters, ...clusters] });
}

/** Of a port named mongo, Istio counts the commands by a filter; it passes every byte on. */
function withoutMongo(one: Listener): Listener {
  const chains = one.filter_chains?.map((chain) => ({
    ...chain,
    filters: chain.filters.filter(({ name }) => name !== 'envoy.filters.network.mongo_proxy'),
  }));
  return { ...one, ...(chains && { filter_chains: chains }) };
}

/** The chain for calls past the mesh has a field of its own, to tell it from that of a port whose protocol is detected. */
function withPassthrough({ default_filter_chain: chain, ...rest }: Listener): Listener {
  const field = chain?.name === 'PassthroughFilterChain' ? 'passthrough_filter_chain' : 'default_filter_chain';
  return { ...rest, ...(chain && { [field]: chain }) };
}

/** The container ports for which our side has a listener. */
export function inboundPorts(ours: View): number[] {
  return Object.keys(ours.listeners).flatMap((name) => {
    const [, port] = /^virtualInbound-(\d+)$/.exec(name) ?? [];
    return port === undefined ? [] : [Number(port)];
  });
}

const PASSTHROUGH = 'InboundPassthroughCluster';
const inboundName = (port: number) => `inbound|${port}||`;

/** What Istio has for all ports that no Service has, as if it were for one. */
function passedOn<T extends Xds>(all: T, port: number): T {
  const text = JSON.stringify(all)
    .replaceAll(`"${PASSTHROUGH}"`, `"${inboundName(port)}"`)
    .replaceAll(/"virtualInbound(-catchall-http)?"/g, `"0.0.0.0_${port}"`)
    .replaceAll(`"stat_prefix":"${PASSTHROUGH};"`, `"stat_prefix":"inbound_0.0.0.0_${port};"`)
    .replaceAll('"PassthroughCluster;"', `"${inboundName(port)};"`);
  return JSON.parse(text) as T;
}

/**
 * Our side, without the `@type` that the JSON form needs, and without what does the work of Istio's own filter istio.alpn, which
 * sets for each request what a cluster offers: names in clusters, and a filter before a TCP proxy.
 */
export function viewOfOurs(kinds: Record<Kind, readonly Xds[]>): View {
  const named = mapKinds((kind) => kinds[kind].map((xds) => without(xds, '@type')));
  const listeners = (named.listeners as Listener[]).map(({ default_filter_chain: chain, ...rest }) => {
    const filters = chain?.filters.filter(({ name }) => name !== 'envoy.filters.network.set_filter_state');
    return { ...rest, ...(chain && { default_filter_chain: { ...chain, filters } }) };
  });
  return byName({ ...named, listeners, clusters: named.clusters.map(withoutAlpnOfRequests) });
}

function withoutAlpnOfRequests(cluster: Xds): Xds {
  const ofRequests = (name: unknown) => /^istio-|^http\/1/.test(String(name));
  const kept = (key: string, value: unknown) =>
    key === 'alpn_protocols' && Array.isArray(value) ? value.filter((name) => !ofRequests(name)) : value;
  return JSON.parse(JSON.stringify(cluster, kept)) as Xds;
}

function without<T extends object>(whole: T, field: string): T {
  return Object.fromEntries(Object.entries(whole).filter(([key]) => key !== field)) as T;
}

function byName(kinds: Record<Kind, readonly Xds[]>): View {
  return mapKinds((kind) =>
    Object.fromEntries(kinds[kind].map((xds) => [`${xds['name'] ?? xds['cluster_name']}`, xds])),
  );
}

function split(inbound: Listener, own: readonly number[]): Listener[] {
  const ports = new Map<number | undefined, Chain[]>();
  for (const { filter_chain_match: { destination_port: port, ...match } = {}, ...chain } of inbound.filter_chains ?? [])
    ports.set(port, [
      ...(ports.get(port) ?? []),
      { ...chain, ...(Object.keys(match).length > 0 && { filter_chain_match: match }) },
    ]);
  for (const port of own) if (!ports.has(port)) ports.set(port, ports.get(undefined) ?? []);
  return [...ports].map(([port, filter_chains]) => {
    const one = {
      ...inbound,
      filter_chains,
      listener_filters: filtersAt(inbound.listener_filters ?? [], port ?? 0),
    };
    return {
      ...(port === undefined ? one : passedOn(one, port)),
      name: port === undefined ? 'virtualInbound' : `virtualInbound-${port}`,
    };
  });
}

/** The listener filters for connections to a port, without Istio's original_dst, which only distinguishes ports. */
function filtersAt(filters: readonly ListenerFilter[], port: number): ListenerFilter[] {
  return filters
    .filter(({ name, filter_disabled: not }) => name !== 'envoy.filters.listener.original_dst' && !isIn(not, port))
    .map((filter) => without(filter, 'filter_disabled'));
}

function isIn({ destination_port_range: range, or_match: or, not_match: not }: Disabled = {}, port: number): boolean {
  if (not) return !isIn(not, port);
  if (or) return or.rules.some((rule) => isIn(rule, port));
  return range !== undefined && range.start <= port && port < range.end;
}

/** A listener of one Service's port by the Service's name, also in the prefixes of its statistics. */
function withServiceName(one: Listener): Listener {
  const [, port] = /^(?!0\.0\.0\.0)\d+\.\d+\.\d+\.\d+_(\d+)$/.exec(one.name) ?? [];
  const chains = [...(one.filter_chains ?? []), ...(one.default_filter_chain ? [one.default_filter_chain] : [])];
  const cluster = chains
    .flatMap(({ filters }) => filters.at(-1)?.typed_config?.cluster ?? [])
    .find((name) => name.includes('|'));
  if (port === undefined || cluster === undefined) return one;
  const name = `${cluster.split('|')[3]}_${port}`;
  const named = JSON.stringify(one.filter_chains).replaceAll(`"outbound_${one.name};"`, `"outbound_${name};"`);
  return { ...one, name, filter_chains: JSON.parse(named) as Chain[] };
}
