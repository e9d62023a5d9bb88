import type { HashSource } from '../../model/policy/traffic-policy.ts';
import type { DirectResponse, Forward, Redirect } from '../../model/routing/route.ts';
import { outboundName } from '../names.ts';
import { perMillion, seconds } from '../protobuf.ts';
import { headerChanges } from './headers.ts';
import { retryPolicy } from './retry.ts';

/**
 * The RouteAction of a VirtualService's `route`. An unset timeout means none and is written as 0 s, because Envoy's own
 * default is 15 s. A destination that does not exist is written too; Envoy answers 503 (NC), as in Istio. A retry may go to the
 * same host again only in a route of a VirtualService (`written`).
 * Source: istio.io/istio pilot/pkg/networking/core/route/route.go, applyHTTPRouteDestination.
 */
export function forwardAction(forward: Forward, written: boolean): object {
  const { rewrite, mirrors, hashes, weighted, destinations } = forward;
  const timeout = seconds(forward.timeoutMs ?? 0);
  const retries = retryPolicy(forward.retries, written && hashes.length > 0 && !weighted);
  return {
    ...target(forward),
    ...(rewrite?.uri !== undefined && { prefix_rewrite: rewrite.uri }),
    ...host(rewrite?.authority ?? (weighted ? undefined : destinations[0]?.authority)),
    timeout,
    ...(retries && { retry_policy: retries }),
    ...(mirrors.length > 0 && { request_mirror_policies: mirrors.map(mirrorPolicy) }),
    ...(hashes.length > 0 && { hash_policy: hashes.map(hashPolicy) }),
    max_grpc_timeout: timeout,
  };
}

function target({ weighted, destinations }: Forward): object {
  const [only] = destinations;
  if (!weighted && only) return { cluster: outboundName(only.destination) };
  const clusters = destinations.map(({ destination, weight, headers, authority }) => ({
    name: outboundName(destination),
    weight,
    ...headerChanges(headers),
    ...host(authority),
  }));
  return { weighted_clusters: { clusters } };
}

function host(authority: string | undefined): object {
  return authority === undefined ? {} : { host_rewrite_literal: authority };
}

const CODES: Record<number, string> = {
  302: 'FOUND',
  303: 'SEE_OTHER',
  307: 'TEMPORARY_REDIRECT',
  308: 'PERMANENT_REDIRECT',
};

/**
 * The RedirectAction of a VirtualService's `redirect`. 301 is Envoy's default and not written; an empty path keeps the
 * request's path. Source: as forwardAction, ApplyRedirect.
 */
export function redirectAction({ scheme, authority, port, uri, code }: Redirect): object {
  const response_code = CODES[code];
  return {
    ...(scheme !== undefined && { scheme_redirect: scheme }),
    ...(authority !== undefined && { host_redirect: authority }),
    ...(port !== undefined && { port_redirect: port }),
    path_redirect: uri ?? '',
    ...(response_code !== undefined && { response_code }),
  };
}

/** The DirectResponseAction of a VirtualService's `directResponse`. Source: as forwardAction, ApplyDirectResponse. */
export function directResponse({ status, body }: DirectResponse): object {
  return { status, ...(body !== undefined && { body: { inline_string: body } }) };
}

/**
 * The part of a request that is hashed to choose a host. The cluster has the hash ring: see loadBalancing.
 * Source: as forwardAction, ConsistentHashToHashPolicy.
 */
function hashPolicy(source: HashSource): object {
  if (source.kind === 'header') return { header: { header_name: source.name } };
  if (source.kind === 'query') return { query_parameter: { name: source.name } };
  if (source.kind === 'sourceIp') return { connection_properties: { source_ip: true } };
  const { name, path, ttlMs } = source;
  // With a ttl, even of 0, Envoy sets the cookie where it is missing; without a ttl it only reads it.
  const ttl = ttlMs === undefined ? {} : { ttl: seconds(ttlMs) };
  return { cookie: { name, ...ttl, ...(path !== undefined && { path }) } };
}

/**
 * A percentage of the requests is copied to another cluster; the answer to a copy is dropped, and it makes no span.
 * Source: as forwardAction, MirrorPercentByPolicy.
 */
function mirrorPolicy({ destination, percentage }: Forward['mirrors'][number]): object {
  return {
    cluster: outboundName(destination),
    runtime_fraction: { default_value: percentage === 100 ? { numerator: 100 } : perMillion(percentage) },
    trace_sampled: false,
    disable_shadow_host_suffix_append: true,
  };
}
