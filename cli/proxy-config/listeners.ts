import { at } from '../shop/objects.ts';
import { byKeys, list, type EnvoyObject, text } from './dump.ts';
import { pathMatch } from './routes.ts';

/** istioctl's flags for listeners. */
export interface ListenerFilter {
  port?: number;
  address?: string;
  name?: string;
}

const portOf = (listener: EnvoyObject) => Number(text(listener, 'address', 'socket_address', 'port_value'));
const addressOf = (listener: EnvoyObject) => text(listener, 'address', 'socket_address', 'address');

/**
 * The listeners that match a filter, sorted by port. The filter's port may also be the one that Istio would listen on: here
 * each pod has its own ports, and Istio's port is at the end of the listener's name.
 */
export function filterListeners(all: readonly EnvoyObject[], { port, address, name }: ListenerFilter): EnvoyObject[] {
  return all
    .filter(
      (listener) =>
        (port === undefined || portOf(listener) === port || new RegExp(`[_-]${port}$`).test(text(listener, 'name'))) &&
        (address === undefined || addressOf(listener) === address) &&
        (name === undefined || text(listener, 'name') === name),
    )
    .sort(byKeys(portOf, addressOf));
}

/** istioctl's table of listeners; the name is ours. Source: istio/istio, istioctl/pkg/writer/envoy/configdump/listener.go. */
export function listenerRows(listeners: readonly EnvoyObject[], wide: boolean): string[][] {
  const rows = listeners.flatMap((listener) => {
    const last = at(listener, 'default_filter_chain');
    const chains = [...list(listener, 'filter_chains'), ...(last === undefined ? [] : [last as EnvoyObject])];
    return chains.map((chain) => [
      addressOf(listener),
      `${portOf(listener)}`,
      chainMatch(chain['filter_chain_match']),
      destination(chain),
      ...(wide ? [text(listener, 'name')] : []),
    ]);
  });
  return [['ADDRESSES', 'PORT', 'MATCH', 'DESTINATION', ...(wide ? ['NAME'] : [])], ...rows];
}

function chainMatch(match: unknown): string {
  const port = text(match, 'destination_port');
  const ranges = list(match, 'prefix_ranges').map((one) => `${text(one, 'address_prefix')}/${text(one, 'prefix_len')}`);
  const conditions = [
    joined('SNI: ', at(match, 'server_names')),
    joined('Trans: ', text(match, 'transport_protocol') || undefined),
    joined('App: ', at(match, 'application_protocols')),
    ranges.length > 0 ? `Addr: ${ranges.join(',')}${port && `:${port}`}` : port && `Addr: *:${port}`,
  ].filter((one) => one !== '');
  return conditions.length === 0 ? 'ALL' : conditions.join('; ');
}

function joined(before: string, value: unknown): string {
  return value === undefined ? '' : `${before}${[value].flat().join(',')}`;
}

/** The destination of a filter chain: routes by name, inline routes, or a cluster. */
function destination(chain: EnvoyObject): string {
  for (const filter of list(chain, 'filters')) {
    const config = at(filter, 'typed_config');
    const inline = at(config, 'route_config');
    if (inline !== undefined) return inlineRoutes(inline as EnvoyObject);
    const routes = text(config, 'rds', 'route_config_name');
    if (routes !== '') return `Route: ${routes}`;
    const cluster = text(config, 'cluster');
    if (cluster !== '') return clusterText(cluster);
  }
  return 'Non-HTTP/Non-TCP';
}

const clusterText = (cluster: string) => (cluster.includes('Cluster') ? cluster : `Cluster: ${cluster}`);

function inlineRoutes(configuration: EnvoyObject): string {
  const hosts = list(configuration, 'virtual_hosts');
  const [host] = hosts;
  const [route, ...others] = list(host, 'routes');
  const cluster = text(route, 'route', 'cluster');
  const isForAll = hosts.length === 1 && others.length === 0 && text(route, 'match', 'prefix') === '/';
  if (isForAll && cluster !== '') return clusterText(cluster);
  const perHost = hosts.map((one) => {
    const domains = ((one['domains'] ?? []) as string[]).join('/');
    const routes = list(one, 'routes').map(({ match }) => pathMatch(match));
    return `${domains === '*' ? '' : `${domains} `}${routes.join(', ')}`;
  });
  return `Inline Route: ${perHost.join('; ')}`;
}
