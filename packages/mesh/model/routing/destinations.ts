import type { Destination as Written } from '../../manifests/kinds/istio/shared.ts';
import type { Rules, Subset } from '../policy/destination-rules.ts';
import { resolveHost } from '../services/hosts.ts';
import { hashOf } from '../policy/load-balancing.ts';
import type { HashSource } from '../policy/traffic-policy.ts';
import type { Destination } from './route.ts';
import type { Service } from '../services/service.ts';
import type { VirtualService } from './virtual-services.ts';
import { MESH } from './virtual-services.ts';
import type { ProxyPort } from './matches.ts';

/** The Services and DestinationRules that destinations are resolved with. */
export interface DestinationContext {
  services: ReadonlyMap<string, Service>;
  rules: Rules;
}

/** Where a destination leads for one proxy, and what its requests are hashed by. */
export interface ResolvedDestination {
  destination: Destination;
  hash: HashSource | undefined;
}

/** Resolves the destinations of routes, for one proxy. */
export function destinationsFor({ services, rules }: DestinationContext, proxy: ProxyPort) {
  return function resolve(written: Written, { namespace }: VirtualService): ResolvedDestination {
    const fqdn = resolveHost(written.host, namespace);
    const service = services.get(fqdn);
    const rule = service && rules(proxy.namespace, service);
    const subset = rule?.subsets.find(({ name }) => name === written.subset);
    const port = written.port?.number ?? portOf(service, proxy);
    const missing = missingPart({ service, port, wanted: written.subset, subset });
    return {
      destination: { fqdn, port, subset: written.subset ?? '', ...(missing && { missing }) },
      hash: rule && hashOf(rule, subset, written.port?.number),
    };
  };
}

/**
 * Without a port, a gateway takes the Service's only port; a sidecar takes the port that was called, because its routes
 * are made for one port of each Service (istio/istio, route.go GetDestinationCluster and httproute.go servicesByName).
 */
function portOf(service: Service | undefined, { gateway, port }: ProxyPort): number {
  const [only, ...others] = service?.ports ?? [];
  return gateway !== MESH && only !== undefined && others.length === 0 ? only.port : port;
}

interface Parts {
  service: Service | undefined;
  port: number;
  wanted: string | undefined;
  subset: Subset | undefined;
}

function missingPart({ service, port, wanted, subset }: Parts): Destination['missing'] {
  if (service === undefined) return 'host';
  if (!service.ports.some((one) => one.port === port)) return 'port';
  return wanted !== undefined && subset === undefined ? 'subset' : undefined;
}
