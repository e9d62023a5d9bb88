import type { Forward } from '../../model/routing/route.ts';
import { outboundName } from '../names.ts';
import { seconds } from '../seconds.ts';
import { hashPolicy } from './hash.ts';
import { headerChanges, rewrittenAuthority } from './headers.ts';
import { mirrorPolicy } from './mirror.ts';
import { retryPolicy } from './retry.ts';

/**
 * Where a request goes, and on what terms. An unset timeout is none, said aloud: Envoy's own default is 15 s. A
 * destination that does not exist is named all the same; Envoy answers 503 (NC), as in Istio.
 * Source: istio.io/istio pilot/pkg/networking/core/route, applyHTTPRouteDestination.
 */
export function forwardAction(forward: Forward): object {
  const { rewrite, mirrors, hashes } = forward;
  const timeout = seconds(forward.timeoutMs ?? 0);
  const retries = retryPolicy(forward.retries, hashes.length > 0 && !forward.weighted);
  return {
    ...target(forward),
    ...(rewrite?.uri !== undefined && { prefix_rewrite: rewrite.uri }),
    ...host(rewrite?.authority ?? (forward.weighted ? undefined : ofDestination(forward))),
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
  const clusters = destinations.map(({ destination, weight, headers }) => ({
    name: outboundName(destination),
    weight,
    ...headerChanges(headers),
    ...host(rewrittenAuthority(headers)),
  }));
  return { weighted_clusters: { clusters } };
}

function ofDestination({ destinations }: Forward): string | undefined {
  return rewrittenAuthority(destinations[0]?.headers);
}

function host(authority: string | undefined): object {
  return authority === undefined ? {} : { host_rewrite_literal: authority };
}
