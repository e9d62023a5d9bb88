import { type Kind, type Xds, mapKinds } from './recording.ts';

/** One proxy's configuration in comparable form: the resources of each kind by name. */
export type View = Record<Kind, Record<string, Xds>>;

interface Chain extends Xds {
  filter_chain_match?: { destination_port?: number };
  filters: { typed_config?: { cluster?: string } }[];
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
  listener_filters?: ListenerFilter[];
}

/**
 * Istio's side. Its listener virtualInbound has every inbound port, distinguished by destination_port; our side has a listener
 * for each port, so it is split. A TCP listener is named after the Service's address, which is arbitrary: use the Service's name.
 */
export function viewOfIstio(kinds: Record<Kind, readonly Xds[]>): View {
  const listeners = (kinds.listeners as Listener[]).flatMap((one) =>
    one.name === 'virtualInbound' ? split(one) : [{ ...one, name: nameOf(one) }],
  );
  return byName({ ...kinds, listeners });
}

/** Our side, without the `@type` that the JSON form needs. */
export function viewOfOurs(kinds: Record<Kind, readonly Xds[]>): View {
  return byName(mapKinds((kind) => kinds[kind].map((xds) => without(xds, '@type'))));
}

function without<T extends object>(whole: T, field: string): T {
  return Object.fromEntries(Object.entries(whole).filter(([key]) => key !== field)) as T;
}

function byName(kinds: Record<Kind, readonly Xds[]>): View {
  return mapKinds((kind) =>
    Object.fromEntries(kinds[kind].map((xds) => [`${xds['name'] ?? xds['cluster_name']}`, xds])),
  );
}

function split(inbound: Listener): Listener[] {
  const ports = new Map<number | undefined, Chain[]>();
  for (const { filter_chain_match: { destination_port: port, ...match } = {}, ...chain } of inbound.filter_chains ?? [])
    ports.set(port, [
      ...(ports.get(port) ?? []),
      { ...chain, ...(Object.keys(match).length > 0 && { filter_chain_match: match }) },
    ]);
  return [...ports].map(([port, filter_chains]) => ({
    ...inbound,
    name: port === undefined ? 'virtualInbound' : `virtualInbound-${port}`,
    filter_chains,
    listener_filters: filtersAt(inbound.listener_filters ?? [], port ?? 0),
  }));
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

function nameOf({ name, filter_chains: chains = [] }: Listener): string {
  const [, host, port] = /^(10\.96\.0\.\d+)_(\d+)$/.exec(name) ?? [];
  const cluster = chains[0]?.filters.at(-1)?.typed_config?.cluster;
  return host && cluster ? `${cluster.split('|')[3]}_${port}` : name;
}
