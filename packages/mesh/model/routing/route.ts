import type { Because } from '../because.ts';
import type { HashSource } from '../policy/traffic-policy.ts';

/** A value of a header, path, method or query parameter. */
export type StringMatch = { exact: string } | { prefix: string } | { regex: string };

/** One entry of a VirtualService's `match`, without the fields that choose proxies (gateways, sourceLabels, sourceNamespace, port). */
export interface Match {
  uri?: StringMatch;
  ignoreUriCase: boolean;
  /** By name, sorted. `undefined`: it must be there, with any value. */
  headers: [string, StringMatch | undefined][];
  withoutHeaders: [string, StringMatch | undefined][];
  method?: StringMatch;
  authority?: StringMatch;
  scheme?: StringMatch;
  queryParams: [string, StringMatch | undefined][];
}

/** A host, port and subset. `missing` names the part that does not exist: requests sent there get 503. */
export interface Destination {
  /** FQDN, also of a Service that is not there. */
  fqdn: string;
  port: number;
  /** '' for the whole Service. */
  subset: string;
  missing?: 'host' | 'port' | 'subset';
}

export interface Retries {
  attempts: number;
  perTryTimeoutMs?: number;
  /** As written; undefined: Istio's default conditions. */
  retryOn?: string;
  retryRemoteLocalities?: boolean;
  backoffMs?: number;
}

/** Percentages are 0–100; 0 where none is written: such a fault hits no request, in Istio too. */
export interface Fault {
  delay?: { milliseconds: number; percentage: number };
  abort?: { httpStatus: number; percentage: number };
}

export interface HeaderChanges {
  set: Record<string, string>;
  add: Record<string, string>;
  remove: string[];
}

export interface Headers {
  request: HeaderChanges;
  response: HeaderChanges;
}

/** One destination of a route, with its share of the requests. */
export interface ForwardDestination {
  destination: Destination;
  weight: number;
  headers?: Headers;
  /** The host that requests get on the way here, where its headers set one; it is not among the headers. */
  authority?: string;
}

export interface Forward {
  kind: 'forward';
  /** Weights as written; entries of weight 0 are left out, unless only one destination is written (`weighted` is false then). */
  destinations: ForwardDestination[];
  /** Several destinations are written, even if only one of them has a weight. */
  weighted: boolean;
  /** A host among the route's own headers is a rewritten authority: it is here and not among the headers. */
  rewrite?: { uri?: string; authority?: string };
  /** Undefined or 0: none at all. */
  timeoutMs?: number;
  /** Undefined: Istio's default; attempts 0: none. */
  retries?: Retries;
  fault?: Fault;
  mirrors: { destination: Destination; percentage: number }[];
  /** From the DestinationRules of the destinations, one for each that has one; with one destination and a hash, Istio leaves `previous_hosts` out of retries. */
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
  /** `http[].name`, with `.` and the match's name where it has one; undefined where Istio has none; `default` where no VirtualService is. */
  name: string | undefined;
  match: Match;
  action: Forward | Redirect | DirectResponse;
  headers: Headers;
  /** What Istio calls its spans: `billing.shop.svc.cluster.local:80/api/*`, or the VirtualService's name in place of the host where it leads to several. */
  span: string;
  /** `/apis/networking.istio.io/v1/namespaces/shop/virtual-service/billing` for a VirtualService's, else undefined. */
  config: string | undefined;
  because: Because;
}

/** What callers of one host on one HTTP port get; `fqdn` is a host as written where no Service has it. */
export interface VirtualHost {
  fqdn: string;
  port: number;
  /** FQDN, FQDN with a dot, short forms that hold in the caller's namespace, in Istio's order; at a gateway the hosts that Gateway and VirtualServices share and that have the same routes, `fqdn` the first of them. */
  domains: string[];
  routes: Route[];
}
