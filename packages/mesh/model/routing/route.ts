import type { Because } from '../because.ts';
import type { Headers } from '../../manifests/kinds/istio/headers.ts';
import type { HttpRoute } from '../../manifests/kinds/istio/http-route.ts';
import type { StringMatch } from '../../manifests/kinds/istio/string-match.ts';
import type { HashSource } from '../policy/traffic-policy.ts';

export type { Headers, StringMatch };

export type HeaderChanges = Headers['request'];

/** One entry of a VirtualService's `match`, without the fields that select proxies (gateways, sourceLabels, sourceNamespace, port). */
export interface Match {
  uri?: StringMatch;
  /** Undefined: there is no `match`. */
  ignoreUriCase?: boolean;
  /** Sorted by name. `undefined`: it must be present, with any value. */
  headers: [string, StringMatch | undefined][];
  withoutHeaders: [string, StringMatch | undefined][];
  method?: StringMatch;
  authority?: StringMatch;
  scheme?: StringMatch;
  queryParams: [string, StringMatch | undefined][];
}

/** A host, port and subset. `missing` names the part that does not exist: requests sent there get 503. */
export interface Destination {
  /** The Service's FQDN, even if the Service does not exist. */
  fqdn: string;
  port: number;
  /** '' for the whole Service. */
  subset: string;
  missing?: 'host' | 'port' | 'subset';
}

/** Times in milliseconds. Without `retryOn`, or with an empty one, Istio's default conditions. */
export type Retries = NonNullable<HttpRoute['retries']>;

/** Percentages are 0–100. Without a percentage the fault affects no request, as in Istio. */
export interface Fault {
  delay?: { milliseconds: number; percentage?: number };
  abort?: { httpStatus: number; percentage?: number };
}

/** One destination of a route, with its share of the requests. */
export interface ForwardDestination {
  destination: Destination;
  weight: number;
  headers?: Headers;
  /** The new Host of the requests, if the written headers set one; it is not in `headers`. */
  authority?: string;
}

export interface Forward {
  kind: 'forward';
  /** With the weights as written. If there are several, those of weight 0 are left out. */
  destinations: ForwardDestination[];
  /** True if several destinations are written, even if only one has a weight above 0. */
  weighted: boolean;
  /** `authority` is also set if the route's headers set Host; Host is then not in `headers`. */
  rewrite?: { uri?: string; authority?: string };
  /** Undefined or 0: no timeout. */
  timeoutMs?: number;
  /** Undefined: Istio's default retries. */
  retries?: Retries;
  fault?: Fault;
  mirrors: { destination: Destination; percentage: number }[];
  /** The hash sources from the DestinationRules of the destinations. A route with a hash and one destination has retries without `previous_hosts`, as in Istio. */
  hashes: HashSource[];
}

export interface Redirect {
  kind: 'redirect';
  uri?: string;
  authority?: string;
  scheme?: string;
  port?: number;
  code: number;
}

export interface DirectResponse {
  kind: 'respond';
  status: number;
  body?: string;
}

export interface Route {
  /** `http[].name`, followed by `.` and the name of the match if there is one; `default` without a VirtualService. */
  name: string | undefined;
  match: Match;
  action: Forward | Redirect | DirectResponse;
  headers: Headers;
  /** The name of its spans in Istio: `billing.shop.svc.cluster.local:80/api/*`; with several destinations the VirtualService's name instead of the host. */
  span: string;
  /** `/apis/networking.istio.io/v1/namespaces/shop/virtual-service/billing`; undefined without a VirtualService. */
  config: string | undefined;
  because: Because;
}

/** The routes of one host on one HTTP port. `fqdn` is the host as written if it has no Service. */
export interface VirtualHost {
  fqdn: string;
  port: number;
  /** In a sidecar the FQDN, the FQDN with a final dot, and the short names for the caller's namespace, in Istio's order. In a gateway all hosts with these routes; `fqdn` is the first. */
  domains: string[];
  /** Whether it is a Service that the caller sees at this port, and may call by its address too; false in a gateway. */
  isService: boolean;
  routes: Route[];
}
