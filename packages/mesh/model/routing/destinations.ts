import type { Destination as Written } from '../../manifests/kinds/istio/shared.ts';
import type { Rules } from '../policy/destination-rules.ts';
import { MESH, resolveHost } from '../../manifests/hosts.ts';
import { hashOf } from '../policy/load-balancing.ts';
import type { HashSource } from '../policy/traffic-policy.ts';
import type { Destination } from './route.ts';
import type { Service } from '../services/service.ts';
import type { VirtualService } from './virtual-services.ts';
import type { ProxyPort } from './matches.ts';

/** The Services and DestinationRules from which destinations are resolved. */
export interface DestinationContext {
  services: ReadonlyMap<string, Service>;
  rules: Rules;
}

/** A destination for one proxy, with the hash source of its requests. */
export interface ResolvedDestination {
  destination: Destination;
  hash: HashSource | undefined;
}

/** A function that resolves the destinations of routes, for one proxy. */
export function destinationsFor({ services, rules }: DestinationContext, proxy: ProxyPort) {
  return function resolve(written: Written, { namespace }: VirtualService): ResolvedDestination {
    const fqdn = resolveHost(written.host, namespace);
    const service = services.get(fqdn);
    const rule = service && rules(proxy.namespace, service);
    const subset = rule?.subsets.find(({ name }) => name === written.subset);
    const port = written.port?.number ?? portOf(service, proxy);
    const missing = missingPart(service, port, written.subset === undefined || subset !== undefined);
    return {
      destination: { fqdn, port, subset: written.subset ?? '', ...(missing && { missing }) },
      hash: rule && hashOf(rule, subset, written.port?.number),
    };
  };
}

/**
 * The port of a destination without `port`: in a gateway the only port of the Service; in a sidecar the port that was
 * called (istio/istio, route.go GetDestinationCluster and httproute.go servicesByName).
 */
function portOf(service: Service | undefined, { gateway, port }: ProxyPort): number {
  const [only, ...others] = service?.ports ?? [];
  return gateway !== MESH && only !== undefined && others.length === 0 ? only.port : port;
}

function missingPart(service: Service | undefined, port: number, hasSubset: boolean): Destination['missing'] {
  if (service === undefined) return 'host';
  if (!service.ports.some((one) => one.port === port)) return 'port';
  return hasSubset ? undefined : 'subset';
}
